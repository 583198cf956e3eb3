/** Where `install` notes what it has replaced, for every copy of the library in the page to find. */
export const INSTALLED: unique symbol = Symbol.for('latchkey.installed')

/** What is installed now. */
export interface Installed {
  /** The `fetch` that was there before, and can be called alone. */
  readonly fetch: typeof globalThis.fetch
  uninstall(): void
}

/** Asked for each request: the global object alone is looked at, and none of what it inherits. */
export function installed(): Installed | undefined {
  const page = globalThis as { [INSTALLED]?: Installed }
  return Object.hasOwn(page, INSTALLED) ? page[INSTALLED] : undefined
}

/** The global `fetch`, looked up at each call; but what `install` has put there would come back here, so the one below that. */
export function nativeFetch(request: Request): Promise<Response> {
  return (installed() ?? globalThis).fetch(request)
}
