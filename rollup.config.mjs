import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

const format = { format: 'iife', name: 'Latchkey', sourcemap: true, inlineDynamicImports: true }

/** Loaded twice, the first one stays: what was made with it, and its error class, are in use already. */
const first = {
  name: 'first',
  renderChunk: (code) => ({ code: code.replace('var Latchkey =', 'var Latchkey = Latchkey ??'), map: null }),
}

const output = [
  { file: 'dist/latchkey.js', ...format },
  { file: 'dist/latchkey.min.js', ...format, plugins: [terser({ ecma: 2022, compress: { passes: 3 } })] },
]

function integrityOf(file) {
  return `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`
}

/** Writes what the `integrity` of each script tag is to be, when all files are there. */
const integrity = {
  name: 'integrity',
  closeBundle(error) {
    if (error) return
    const hashes = output.map(({ file }) => [file.replace('dist/', ''), integrityOf(file)])
    writeFileSync('dist/sri.json', `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`)
  },
}

/** One file for a script tag, from what tsc has emitted; the ESM build stays one file per source file. */
export default {
  input: 'dist/esm/browser.js',
  plugins: [resolve({ browser: true }), first, integrity],
  output,
}
