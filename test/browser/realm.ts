import type * as Library from '../../src/index.js'

const source = new URL('../../src/index.ts', import.meta.url).href

/** A page’s globals: this one’s, or a frame’s. */
export type Realm = Window & typeof globalThis

/** All of a page that script can see and an import could have touched. */
export function snapshot(page: Realm) {
  const names = Object.getOwnPropertyNames(page).filter((name) => !/^(__|frames$|length$|\d)/.test(name))
  const { fetch, XMLHttpRequest, Request, Headers, Response, localStorage, sessionStorage } = page
  return {
    globals: names.sort(),
    natives: [fetch, XMLHttpRequest, Request, Headers, Response].map(String),
    same: [fetch, XMLHttpRequest, Request, Headers, Response],
    prototype: Object.getOwnPropertyNames(page.Object.prototype).sort(),
    storages: [{ ...localStorage }, { ...sessionStorage }, page.document.cookie],
  }
}

/** Counts listeners on the page and timers that are not over, until it is stopped. */
export function counting(page: Realm) {
  const { addEventListener, removeEventListener } = page.EventTarget.prototype
  const { setTimeout, clearTimeout, setInterval } = page
  const isPage = (target: unknown) => target === undefined || target === page || target === page.document
  const timers = new Set<unknown>()
  let listeners = 0

  type Given = Parameters<typeof addEventListener>
  page.EventTarget.prototype.addEventListener = function add(this: EventTarget, ...given: Given) {
    if (isPage(this)) listeners += 1
    addEventListener.apply(this, given)
  }
  page.EventTarget.prototype.removeEventListener = function drop(this: EventTarget, ...given: Given) {
    if (isPage(this)) listeners -= 1
    removeEventListener.apply(this, given)
  }
  const start = (call: () => void, ms?: number) => {
    const id = setTimeout.call(page, over, ms)
    function over() {
      timers.delete(id)
      call()
    }
    timers.add(id)
    return id
  }
  const clear = (id?: number) => {
    timers.delete(id)
    clearTimeout.call(page, id)
  }
  Object.assign(page, { setTimeout: start, clearTimeout: clear, setInterval: start })
  const stop = () => {
    Object.assign(page.EventTarget.prototype, { addEventListener, removeEventListener })
    Object.assign(page, { setTimeout, clearTimeout, setInterval })
  }
  return { stop, left: () => ({ listeners, timers: timers.size }) }
}

/** Imports the library into a page, under a name that snapshots leave out. */
export function importInto(page: Realm): Promise<typeof Library> {
  return new Promise((resolve, reject) => {
    const script = page.document.createElement('script')
    script.type = 'module'
    script.textContent = `import * as library from ${JSON.stringify(source)}; __loaded(library)`
    script.addEventListener('error', reject)
    Object.assign(page, { __loaded: resolve })
    page.document.head.append(script)
  })
}
