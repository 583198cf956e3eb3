/** A credential that can't be mistaken for anything else. */
export const canary = 'q7XvK2mZp9RtW4sLb8Yd'
/** Up to so many characters of it in a row are no leak. */
const HARMLESS = 6

/** What tells whether a text holds a part of the secret. */
export function finderOf(secret: string): (text: string) => boolean {
  const starts = Array.from({ length: secret.length - HARMLESS }, (_, start) => start)
  const parts = starts.map((start) => secret.slice(start, start + HARMLESS + 1))
  return (text) => parts.some((part) => text.includes(part))
}

export const holdsCanary: (text: string) => boolean = finderOf(canary)

const base64url = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const HEAD = base64url('{"alg":"HS256","typ":"JWT"}')

/** A JWT of that payload, which need not be one; the signature is what makes it a credential. */
export function jwtOf(payload: string): string {
  return `${HEAD}.${base64url(payload)}.${canary}`
}

export const jwt = (sub = 'ada'): string => jwtOf(JSON.stringify({ sub, iat: 1, exp: 901 }))
