import { createLatchkey, type LatchkeyOptions, memoryStrategy } from '../../src/index.js'

/** What a request looked like when it was handed to fetch. */
export interface Sent {
  readonly url: string
  readonly authorization: string | null
}

/** An instance signed in with `token`, whose requests are noted and go nowhere. */
export async function noting(allowedOrigins: string[], more: Partial<LatchkeyOptions> = {}) {
  const sent: Sent[] = []
  const fetch = async ({ url, headers }: Request) => {
    sent.push({ url, authorization: headers.get('authorization') })
    return new Response()
  }
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins, fetch, ...more })
  await latchkey.set({ access_token: 'token' })
  return { latchkey, sent }
}

/** An instance signed in with `token`, which really sends. */
export async function sending(origin: string, more: Partial<LatchkeyOptions> = {}) {
  const options = { strategy: memoryStrategy(), allowedOrigins: [origin], ...more }
  const latchkey = createLatchkey(options)
  await latchkey.set({ access_token: 'token' })
  return latchkey
}

/** A name no other test has, so that nothing in a storage is found by another test. */
export const ownName = (): string => `test-${crypto.randomUUID()}`

/** Runs something while relative addresses are resolved against another base. */
export async function withBase<R>(href: string, act: () => Promise<R>): Promise<R> {
  const base = document.createElement('base')
  base.href = href
  document.head.prepend(base)
  try {
    return await act()
  } finally {
    base.remove()
  }
}

/** A cookie as the browser shows it to script; undefined if there is none. */
export function shownCookie(name: string): string | undefined {
  return document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
}

export function dropCookie(name: string, attributes = ''): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every engine
  document.cookie = `${name}=; path=/; max-age=0${attributes}`
}

/** All that the page is shown, so that the next test finds an empty jar: one without a name is shown as its value alone. */
export function dropAllCookies(): void {
  for (const pair of document.cookie.split('; ')) {
    if (pair.includes('=')) dropCookie(pair.split('=')[0] ?? '')
    else writeCookie('=gone; path=/; max-age=0')
  }
}

export function writeCookie(line: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every engine
  document.cookie = line
}
