import type { Latchkey } from '../latchkey.js'
import { INSTALLED, type Installed, installed } from '../native-fetch.js'
import { must } from '../options.js'
import { patchedFetch } from './patched-fetch.js'
import { patchedXhr } from './xhr/patched-xhr.js'

/**
 * Puts a `fetch` and an `XMLHttpRequest` in the place of the global ones, for pages whose code cannot be changed: what
 * goes to the instance's allowed origins is sent by `latchkey.fetch`, all else as before. It does not reach what code
 * has kept from earlier, synchronous XMLHttpRequests, `sendBeacon`, forms or links. A `refresh` of your own has to send by the
 * `fetch` that it is given, and a `fetch` option by one kept from before: by the global one they would come back to the
 * instance. It is the whole page's, or process's: never call it on a server.
 * @throws TypeError if something is installed already, by this copy of the library or another, or if the page has made one
 * of the two unchangeable: then neither is replaced
 */
export function install<T>(latchkey: Pick<Latchkey<T>, 'allows' | 'fetch'>): void {
  const { allows, fetch: ours } = Object(latchkey)
  const isOne = typeof allows === 'function' && typeof ours === 'function'
  must('latchkey', isOne, 'be what createLatchkey returns')
  must('install', !installed(), 'not be called while something is installed: call uninstall() first')
  const { fetch, XMLHttpRequest } = globalThis
  let isOn = true
  const carrier = {
    fetch: latchkey.fetch,
    takes: (url: RequestInfo | URL) => isOn && isAllowed(latchkey, url),
  }
  const restored: (() => void)[] = []
  const record: Installed = Object.freeze({
    fetch: fetch.bind(globalThis),
    uninstall() {
      isOn = false
      for (const restore of restored) restore()
      Reflect.deleteProperty(globalThis, INSTALLED)
    },
  })
  Object.defineProperty(globalThis, INSTALLED, { value: record, configurable: true })
  try {
    restored.push(replaced('fetch', patchedFetch(fetch, carrier)))
    // Service workers and Node have none.
    if (XMLHttpRequest) restored.push(replaced('XMLHttpRequest', patchedXhr(XMLHttpRequest, carrier)))
  } catch (error) {
    // A page that lets only one of them be replaced keeps both.
    record.uninstall()
    throw error
  }
}

/**
 * Puts back what `install` has replaced. Where other code has put its own over it since, that stays, and what is below
 * lets all pass. Requests that are under way end as they would have. With nothing installed it does nothing.
 */
export function uninstall(): void {
  installed()?.uninstall()
}

/** What has no URL is the browser's to refuse. */
function isAllowed(latchkey: { allows(input: RequestInfo | URL): boolean }, url: RequestInfo | URL): boolean {
  try {
    return latchkey.allows(url)
  } catch {
    return false
  }
}

/** In workers `fetch` is the prototype's, and what stands before it has to go again. */
function replaced(name: 'fetch' | 'XMLHttpRequest', value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name)
  const enumerable = before?.enumerable ?? true
  Object.defineProperty(globalThis, name, { value, enumerable, writable: true, configurable: true })
  return () => {
    if (globalThis[name] !== value) return
    if (before) Object.defineProperty(globalThis, name, before)
    else Reflect.deleteProperty(globalThis, name)
  }
}
