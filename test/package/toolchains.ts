import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import nodeResolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { build as esbuild } from 'esbuild'
import { rollup } from 'rollup'
import { build as vite } from 'vite'
import webpack from 'webpack'

/** Builds `app.js` in the folder as one does for users, into `out/NAME` there: `app.js` and what it loads when asked. */
export type Build = (folder: string, out: string) => Promise<unknown>

const target = 'es2022'

const buildWithWebpack: Build = (context, path) =>
  new Promise((resolve, reject) => {
    const output = { path, filename: 'app.js', publicPath: '/out/webpack/' }
    webpack(
      { context, entry: './app.js', output, mode: 'production', target: ['web', target] },
      (error, stats) => {
        const isRight = !error && !stats?.hasErrors() && !stats?.hasWarnings()
        if (isRight) resolve(stats)
        else reject(error ?? new Error(stats?.toString()))
      },
    )
  })

const buildWithRollup: Build = async (folder, dir) => {
  const onwarn = ({ message }: { message: string }) => {
    throw new Error(message)
  }
  const plugins = [nodeResolve({ browser: true })]
  const bundle = await rollup({ input: join(folder, 'app.js'), plugins, onwarn })
  await bundle.write({ dir, plugins: [terser({ module: true, ecma: 2022 })] })
  await bundle.close()
}

export const toolchains: Readonly<Record<string, Build>> = {
  rollup: buildWithRollup,
  vite: (root, outDir) =>
    vite({
      root,
      configFile: false,
      logLevel: 'error',
      base: '/out/vite/',
      build: {
        outDir,
        target,
        rollupOptions: {
          input: join(root, 'app.js'),
          output: { entryFileNames: 'app.js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    }),
  webpack: buildWithWebpack,
  esbuild: (absWorkingDir, outdir) =>
    esbuild({
      absWorkingDir,
      outdir,
      entryPoints: ['app.js'],
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      target,
      logLevel: 'silent',
    }),
}

const STATIC = /(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g

/** The text of what a page loads for the app: its file and all that this imports, without what is loaded when asked for. */
export function loadedOf(out: string): string {
  const names = new Set(['app.js'])
  const texts: string[] = []
  // A set may grow while it is gone through.
  for (const name of names) {
    const text = readFileSync(join(out, name), 'utf8')
    texts.push(text)
    for (const [, imported = ''] of text.matchAll(STATIC)) names.add(imported)
  }
  return texts.join('')
}

export const gzipOf = (text: string): number => gzipSync(text, { level: 9 }).length

/** Writes an app and builds it; returns the folder of what came of it. */
export async function built(folder: string, name: string, code: string): Promise<string> {
  const app = join(folder, 'apps', name)
  const out = join(folder, 'out', name)
  mkdirSync(app, { recursive: true })
  writeFileSync(join(app, 'app.js'), code)
  await toolchains[name.replace(/ .*/, '')]?.(app, out)
  if (!readdirSync(out).includes('app.js')) throw new Error(`${name} has made no app.js`)
  return out
}
