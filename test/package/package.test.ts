import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packedOnce, root, run } from './pack.js'

/** What a page takes as it is, in the order of their making. */
const PAGE_FILES = ['latchkey.js', 'latchkey.min.js', 'latchkey.min.mjs']

const packed = packedOnce()
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const text = (path: string) => readFileSync(join(packed().unpacked, path), 'utf8')

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
}

/** What tsc makes of each source file, the three files for pages with their maps and hashes, and the papers. */
function expectedFiles(): string[] {
  const modules = filesBelow(join(root, 'src')).map((path) => `dist/esm/${path.replace(/\.ts$/, '')}`)
  const scripts = PAGE_FILES.flatMap((name) => [`dist/${name}`, `dist/${name}.map`])
  const papers = [
    'dist/sri.json',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'latchkey.schema.json',
    'package.json',
  ]
  return [...modules.flatMap((path) => [`${path}.js`, `${path}.d.ts`]), ...scripts, ...papers].sort()
}

/** The files that a map speaks of and neither holds nor has beside it. */
function lostSources(path: string): string[] {
  const { sources, sourcesContent = [] } = JSON.parse(text(path))
  const isThere = (source: string, index: number) =>
    typeof sourcesContent[index] === 'string' || existsSync(join(packed().unpacked, dirname(path), source))
  return sources.filter((source: string, index: number) => !isThere(source, index))
}

/** The names of errors in a file that its map leads to a line without them. */
function misled(path: string): string[] {
  const map = JSON.parse(text(`${path}.map`))
  const found = new SourceMap(map)
  const lines = text(path).split('\n')
  const names = lines.flatMap((line, at) =>
    [...line.matchAll(/ERR_[A-Z_]+/g)].map(({ 0: name, index }) => ({ name, at, index })),
  )
  if (names.length === 0) throw new Error(`${path} names no error`)
  const isThere = ({ name, at, index }: (typeof names)[number]) => {
    const entry = found.findEntry(at, index)
    if (!('originalSource' in entry)) return false
    const source: string = map.sourcesContent[map.sources.indexOf(entry.originalSource)] ?? ''
    return source.split('\n')[entry.originalLine]?.includes(name)
  }
  return names.filter((one) => !isThere(one)).map(({ name, at, index }) => `${path}:${at}:${index} ${name}`)
}

function mapOf(path: string): string | undefined {
  const name = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(text(path))?.[1]
  return name && join(dirname(path), name)
}

describe('the package', () => {
  it('holds what was built, its papers and nothing else', () => {
    expect(filesBelow(packed().unpacked)).toEqual(expectedFiles())
  })

  it('has a map for each file that names one, and no map points nowhere', () => {
    const all = filesBelow(packed().unpacked)
    const named = all.filter((path) => /\.m?js$/.test(path)).map(mapOf)
    const maps = all.filter((path) => path.endsWith('.map'))
    expect(named.filter((path) => path !== undefined).sort()).toEqual(maps)
    expect(maps.flatMap(lostSources)).toEqual([])
  })

  it('has maps that lead from each name of an error to the line that has it', () => {
    expect(PAGE_FILES.map((name) => `dist/${name}`).flatMap(misled)).toEqual([])
  })

  it('has the integrity of each file for a script tag in sri.json, and of no other', () => {
    const hashOf = (path: string) => createHash('sha384').update(text(path)).digest('base64')
    const expected = PAGE_FILES.map((name) => [name, `sha384-${hashOf(`dist/${name}`)}`])
    expect(JSON.parse(text('dist/sri.json'))).toEqual(Object.fromEntries(expected))
  })

  it('has nothing that publint finds fault with', { timeout: 120_000 }, async () => {
    const { code, output } = await run(bin('publint'), ['run', packed().tarball, '--strict'], root)
    expect(output).toContain('All good')
    expect(code).toBe(0)
  })

  it('has types that resolve in every way that there is', { timeout: 120_000 }, async () => {
    // Node has let CommonJS require ES modules since 20.19 and 22.12: toolchains.test.ts does.
    const ignored = ['--ignore-rules', 'cjs-resolves-to-esm']
    const { code, output } = await run(
      bin('attw'),
      [packed().tarball, ...ignored, '--no-emoji', '--no-color'],
      root,
    )
    expect(code, output).toBe(0)
    for (const entry of Object.keys(manifest.exports))
      expect(output).toContain(`"${join('latchkey', entry)}"`)
  })

  it('uses no syntax and no feature of the language that is newer than ES2022', {
    timeout: 120_000,
  }, async () => {
    const all = filesBelow(packed().unpacked)
    const modules = all.filter((path) => /^dist\/(esm\/.*\.js|[^/]*\.mjs)$/.test(path))
    const scripts = all.filter((path) => /^dist\/[^/]*\.js$/.test(path))
    expect([modules.length > 100, scripts.length > 1]).toEqual([true, true])
    const check = (files: readonly string[], ...kind: string[]) =>
      run(bin('es-check'), ['es2022', ...files, '--checkFeatures', ...kind], packed().unpacked)
    const outcomes = await Promise.all([check(scripts), check(modules, '--module')])
    expect(outcomes.filter(({ code }) => code !== 0)).toEqual([])
    expect(outcomes.map(({ output }) => output).join()).toContain(`checking ${modules.length} files`)
  })

  it('names files that are there, first the types, last what all others take', () => {
    const entries = Object.values<string | object>(manifest.exports).filter((one) => typeof one === 'object')
    expect(entries.map((one) => Object.keys(one))).toEqual(entries.map(() => ['types', 'default']))
    const { main, types, unpkg, jsdelivr, typesVersions } = manifest
    const named = [
      entries.map(Object.values),
      main,
      types,
      unpkg,
      jsdelivr,
      Object.values(typesVersions['*']),
    ]
    const files = filesBelow(packed().unpacked)
    const missing = named.flat(2).filter((path) => !files.includes(path.replace('./', '')))
    expect(missing).toEqual([])
  })

  it('has the types of each entry where a compiler looks that does not read `exports`', () => {
    const paths = Object.entries<{ types?: string }>(manifest.exports)
    const expected = paths.flatMap(([path, { types }]) =>
      types && path !== '.' ? [[path.replace('./', ''), [types]]] : [],
    )
    expect(manifest.typesVersions).toEqual({ '*': Object.fromEntries(expected) })
  })

  it('asks for a framework only of those who use it, and for none that it is not tested with', () => {
    const { peerDependencies, peerDependenciesMeta, devDependencies } = manifest
    const names = Object.keys(peerDependencies)
    expect(names.filter((name) => !peerDependenciesMeta[name]?.optional)).toEqual([])
    expect(names.filter((name) => !(name in devDependencies))).toEqual([])
    expect(Object.keys(peerDependenciesMeta)).toEqual(names)
  })
})
