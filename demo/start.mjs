import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'

const demo = dirname(fileURLToPath(import.meta.url))
const root = dirname(demo)
const built = join(demo, '.build')

function compile() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status } = spawnSync(process.execPath, [tsc, '-p', demo], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** Hands rollup tsc's source maps, so that a browser's debugger shows the TypeScript. */
const sourceMaps = {
  name: 'source-maps',
  async load(id) {
    if (!id.startsWith(built) || !id.endsWith('.js')) return null
    const [code, map] = await Promise.all([readFile(id, 'utf8'), readFile(`${id}.map`, 'utf8')])
    return { code: code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'), map: JSON.parse(map) }
  },
}

/** What every bundler offers: the package by its name, and JSON as a module. */
const bundlerLike = {
  name: 'bundler-like',
  resolveId: (id) => (id === 'latchkey' ? join(built, 'src', 'index.js') : null),
  transform: (code, id) => (id.endsWith('.json') ? { code: `export default ${code}`, map: null } : null),
}

async function bundle(entry, name) {
  const input = join(built, 'demo', 'page', entry)
  const plugins = [bundlerLike, resolve({ browser: true }), sourceMaps, terser({ module: true })]
  const bundled = await rollup({ input, plugins })
  const file = join(built, 'public', name)
  await bundled.write({ file, format: 'es', sourcemap: true, inlineDynamicImports: true })
  await bundled.close()
}

/** The page's style, and after it that of each section. */
async function style() {
  const page = join(demo, 'page')
  const parts = (await readdir(page, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const files = ['style.css', ...parts.map(({ name }) => join(name, 'style.css'))]
  const own = files
    .map((file) => join(page, file))
    .filter((file) => existsSync(file) && !file.includes('environments'))
  const texts = await Promise.all(own.map((file) => readFile(file, 'utf8')))
  await writeFile(join(built, 'public', 'lab.css'), texts.join('\n'))
}

async function build() {
  if (!existsSync(join(root, 'dist', 'latchkey.min.js')))
    console.error('The script-tag page needs dist/latchkey.min.js: npm run build')
  compile()
  await Promise.all([bundle('main.js', 'main.js'), bundle('environments/main.js', 'environments.js')])
  await style()
}

// The tests build once with `--build`, and start it many times with `--built`.
const given = process.argv.slice(2)
if (!given.includes('--built')) await build()
const program = given.includes('farm') ? 'farm' : 'server'
if (!given.includes('--build')) await import(`./.build/demo/${program}/main.js`)
