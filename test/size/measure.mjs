import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'

const SCRIPT_FILE = 'dist/latchkey.min.js'

const named = (names) => [`{ ${names} }`, `export { ${names} } from 'latchkey'`]

/** What an app writes, by the name of its row. */
const imports = [
  named('createLatchkey, jwtStrategy'),
  named('createLatchkey, tokenStrategy'),
  named('createLatchkey, sessionStrategy'),
  named('createLatchkey, cookieStrategy'),
  named('configure'),
  ['everything with ky', "export * from 'latchkey'"],
  // The binding alone: who uses it has the rest already.
  ...['react', 'vue', 'svelte'].map((name) => [`latchkey/${name}`, `export * from 'latchkey/${name}'`]),
]

/** What whoever uses a binding has, too. */
const external = ['react', 'vue']

function entry(folder, code) {
  const id = join(folder, 'app.js')
  return {
    name: 'entry',
    resolveId: (source) => (source === id ? id : null),
    load: (loaded) => (loaded === id ? code : null),
  }
}

/** A warning says that something was left out, and then the number would be wrong. */
function onwarn({ message }) {
  throw new Error(message)
}

async function bundled(folder, code) {
  const plugins = [entry(folder, code), resolve({ browser: true })]
  const bundle = await rollup({ input: join(folder, 'app.js'), plugins, external, onwarn })
  const { output } = await bundle.generate({
    format: 'es',
    plugins: [terser({ module: true, ecma: 2022, compress: { passes: 3 } })],
  })
  await bundle.close()
  return loaded(output)
}

/** The entry and all that it imports: what an app's page loads, without what is loaded when it is asked for. */
function loaded(output) {
  const needed = new Set([output[0].fileName])
  // A set may grow while it is gone through.
  for (const name of needed) {
    for (const one of output.find(({ fileName }) => fileName === name)?.imports ?? []) needed.add(one)
  }
  return output.flatMap(({ fileName, code }) => (needed.has(fileName) ? [code] : [])).join('')
}

function row(name, code, budgets) {
  const bytes = Buffer.from(code)
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  const gzip = gzipSync(bytes, { level: 9 })
  const budget = budgets[name]
  return { name, min: bytes.length, gzip: gzip.length, brotli: brotli.length, budget }
}

/** The bytes of each import from the package in the folder, and of the script tag's file. */
export async function measure(folder, budgets) {
  const rows = []
  for (const [name, code] of imports) rows.push(row(name, await bundled(folder, code), budgets))
  const script = readFileSync(join(folder, 'node_modules', 'latchkey', SCRIPT_FILE))
  return [...rows, row(SCRIPT_FILE, script, budgets)]
}
