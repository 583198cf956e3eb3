import { optional } from './options.js'

/** Where `install` notes what it has replaced, for every copy of the library in the page to find. */
export const INSTALLED: unique symbol = Symbol.for('latchkey.installed')

/** What is installed now. */
export interface Installed {
  /** The `fetch` that was there before, and can be called alone. */
  readonly fetch: typeof globalThis.fetch
  uninstall(): void
}

export function installed(): Installed | undefined {
  return optional(globalThis as { [INSTALLED]?: Installed }, INSTALLED)
}

/** The global `fetch`, looked up at each call; but what `install` has put there would come back here, so the one below that. */
export function nativeFetch(request: Request): Promise<Response> {
  return (installed() ?? globalThis).fetch(request)
}
