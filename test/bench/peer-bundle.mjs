import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import { bundleApp } from './bundle.mjs'

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
export function bundlePeer(code, options) {
  return bundleApp(code, { ...options, plugins: [production, json(), commonjs()], onwarn })
}
