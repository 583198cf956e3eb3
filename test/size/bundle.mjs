import { join } from 'node:path'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'

function entry(folder, code) {
  const id = join(folder, 'app.js')
  return {
    name: 'entry',
    resolveId: (source) => (source === id ? id : null),
    load: (loaded) => (loaded === id ? code : null),
  }
}

/** A warning says that something was left out, and then the number would be wrong. */
function refuse({ message }) {
  throw new Error(message)
}

/**
 * What rollup and terser make of an app's code that lies in the folder: its chunks, the entry first.
 *
 * @param options.plugins what the packages it imports need besides
 * @param options.external what whoever uses it has already
 * @param options.onwarn takes rollup's warnings. @default throws
 * @param options.isOneFile whether what is loaded when it is asked for is in the entry, too
 * @param options.passes how often terser goes over it: each takes as long as the first. @default 3
 */
export async function bundle(folder, code, options = {}) {
  const { plugins = [], external = [], onwarn = refuse, isOneFile = false, passes = 3 } = options
  const all = [entry(folder, code), ...plugins, resolve({ browser: true })]
  const made = await rollup({ input: join(folder, 'app.js'), plugins: all, external, onwarn })
  const { output } = await made.generate({
    format: 'es',
    inlineDynamicImports: isOneFile,
    plugins: [terser({ module: true, ecma: 2022, compress: { passes } })],
  })
  await made.close()
  return output.filter(({ type }) => type === 'chunk')
}

/** The entry and all that it imports: what an app's page loads, without what is loaded when it is asked for. */
export function loaded(chunks) {
  const needed = new Set([chunks[0].fileName])
  // A set may grow while it is gone through.
  for (const name of needed) {
    for (const one of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) needed.add(one)
  }
  return chunks.flatMap(({ fileName, code }) => (needed.has(fileName) ? [code] : [])).join('')
}
