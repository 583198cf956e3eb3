import { fileURLToPath } from 'node:url'
import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import { bundle } from '../size/bundle.mjs'

const folder = fileURLToPath(new URL('.', import.meta.url))
const built = fileURLToPath(new URL('../../dist/esm/index.js', import.meta.url))

const latchkey = { name: 'latchkey', resolveId: (source) => (source === 'latchkey' ? built : null) }

/** What every bundler of apps says to packages. */
const production = {
  name: 'production',
  transform: (code) =>
    code.includes('process.env.NODE_ENV')
      ? { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null }
      : null,
}

/** Of others' packages the usual warnings are no fault; what is missing is one. */
function onwarn({ code, message }) {
  if (/UNRESOLVED|MISSING/.test(code)) throw new Error(message)
}

/** The code of an app in this folder, with the packages it imports. */
export function bundlePeer(code, isOneFile) {
  return bundle(folder, code, { plugins: [latchkey, production, json(), commonjs()], onwarn, isOneFile })
}
