import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

const minified = (module) => terser({ module, ecma: 2022, compress: { passes: 3 } })
const iife = { format: 'iife', name: 'Latchkey', sourcemap: true, inlineDynamicImports: true }

/**
 * Tells a page that the library is there already, whose tag was passed over, and which of its attributes with it. All in one
 * line, or no line below it would be where the map says. A page may have a frame or an image called `currentScript`.
 */
const SAID = `(({ document, CustomEvent, HTMLScriptElement }) => {
  const at = document?.currentScript;
  const tag = at && at instanceof HTMLScriptElement ? at : undefined;
  const ignored = tag?.getAttributeNames().filter((name) => name.startsWith('data-'));
  const detail = { src: tag?.src, ignored };
  if (CustomEvent) dispatchEvent(new CustomEvent('latchkey:loaded-twice', { detail }));
})(globalThis)`.replace(/\n */g, ' ')

/** Loaded twice, the first one stays: what was made with it, and its error class, are in use already. */
const first = {
  name: 'first',
  renderChunk: (code) => ({
    code: code.replace('var Latchkey =', `var Latchkey = Latchkey ? (${SAID}, Latchkey) :`),
    map: null,
  }),
}

const scripts = [
  { file: 'dist/latchkey.js', ...iife },
  { file: 'dist/latchkey.min.js', ...iife, plugins: [minified(false)] },
]
const module = {
  file: 'dist/latchkey.min.mjs',
  format: 'es',
  sourcemap: true,
  inlineDynamicImports: true,
  plugins: [minified(true)],
}

function integrityOf(file) {
  return `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`
}

/** Writes what the `integrity` of each script tag is to be, when all files are there. */
const integrity = {
  name: 'integrity',
  closeBundle(error) {
    if (error) return
    const hashes = [...scripts, module].map(({ file }) => [file.replace('dist/', ''), integrityOf(file)])
    writeFileSync('dist/sri.json', `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`)
  },
}

/** One file each for a script tag and for `import` in a page, from what tsc has emitted; the ESM build stays one file per source file. */
export default [
  { input: 'dist/esm/browser.js', plugins: [resolve({ browser: true }), first], output: scripts },
  { input: 'dist/esm/index.js', plugins: [resolve({ browser: true }), integrity], output: module },
]
