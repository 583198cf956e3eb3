import type { Request } from 'express'

/** A request as the server saw it. */
export interface Seen {
  readonly line: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

const HOLDS_SECRET = /^(authorization|cookie|dpop|x-auth-token|x-xsrf-token)$/i

/** With its secrets shortened in the middle: enough to know one again, too little to use it. */
export function seen({ method, originalUrl, httpVersion, rawHeaders }: Request): Seen {
  const names = rawHeaders.filter((_, index) => index % 2 === 0)
  const headers = names.map((name, index) => {
    const value = rawHeaders[index * 2 + 1] ?? ''
    return [name, HOLDS_SECRET.test(name) ? shortened(value) : value] as const
  })
  return { line: shortened(`${method} ${originalUrl} HTTP/${httpVersion}`), headers }
}

/** Every run of characters that is long enough to be a token. */
export function shortened(text: string): string {
  return text.replace(/[\w%.~+-]{40,}/g, (token) => `${token.slice(0, 10)}…${token.slice(-6)}`)
}
