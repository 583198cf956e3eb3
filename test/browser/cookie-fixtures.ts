import { cookieStrategy, createLatchkey, type LatchkeyOptions } from '../../src/index.js'
import { dropCookie } from './fixtures.js'

export const NAME = 'cookie-test'

type Options = Parameters<typeof cookieStrategy>[0]

export function make(options: Partial<Options> = {}, more: Partial<LatchkeyOptions> = {}) {
  const strategy = cookieStrategy({ name: NAME, ...options })
  return createLatchkey({ strategy, allowedOrigins: ['self'], name: 'cookie-test', ...more })
}

/** What script asked the browser to keep. */
export async function written(act: () => Promise<unknown>): Promise<string[]> {
  const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') ?? {}
  const lines: string[] = []
  const spy = (line: string) => {
    lines.push(line)
    set?.call(document, line)
  }
  Object.defineProperty(document, 'cookie', { configurable: true, get: () => get?.call(document), set: spy })
  await act().finally(() => Reflect.deleteProperty(document, 'cookie'))
  return lines
}

export const attributes = (line = '') => line.toLowerCase().split('; ').slice(1).sort()

/** Removes what these tests write, wherever a browser may keep it apart. */
export function tidyUp(): void {
  dropCookie(NAME)
  dropCookie(NAME, '; secure; samesite=none; partitioned')
  dropCookie('__Host-cookie-test', '; secure')
  dropCookie('__Secure-cookie-test', '; secure')
  localStorage.clear()
}
