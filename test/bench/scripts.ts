import { bundled } from './bundled.js'
import type { Contender } from './peers.js'

/** Of each contender the script for its page, from the source of its entry. Nobody weighs it: once is minified enough. */
export async function scriptsOf(
  contenders: readonly Pick<Contender, 'host' | 'module'>[],
  sourceOf: (module: string) => string,
): Promise<Map<string, string>> {
  const scripts = new Map<string, string>()
  for (const one of contenders) {
    const [entry] = await bundled(one, sourceOf(one.module), { isOneFile: true, passes: 1 })
    if (entry) scripts.set(`/${one.host}.js`, entry.code)
  }
  return scripts
}

/** An expression for a page: the call of a function there. */
export const call = (name: string, ...values: unknown[]): string =>
  `${name}(${values.map((value) => JSON.stringify(value)).join()})`
