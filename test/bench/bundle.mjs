import { fileURLToPath } from 'node:url'
import { bundle } from '../size/bundle.mjs'

const folder = fileURLToPath(new URL('.', import.meta.url))
const built = fileURLToPath(new URL('../../dist/esm/index.js', import.meta.url))

const latchkey = { name: 'latchkey', resolveId: (source) => (source === 'latchkey' ? built : null) }

/** The code of an app in this folder, with the library as it is built here. */
export function bundleApp(code, { plugins = [], ...options }) {
  return bundle(folder, code, { ...options, plugins: [latchkey, ...plugins] })
}
