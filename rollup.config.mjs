import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

const format = { format: 'iife', name: 'Latchkey', sourcemap: true, inlineDynamicImports: true }

/** One file for a script tag, from what tsc has emitted; the ESM build stays one file per source file. */
export default {
  input: 'dist/esm/browser.js',
  plugins: [resolve({ browser: true })],
  output: [
    { file: 'dist/latchkey.js', ...format },
    { file: 'dist/latchkey.min.js', ...format, plugins: [terser({ ecma: 2022, compress: { passes: 3 } })] },
  ],
}
