/** A credential that can't be mistaken for anything else. Up to six characters of it in a row are no leak. */
export const canary = 'q7XvK2mZp9RtW4sLb8Yd'
const HARMLESS = 6

const starts = Array.from({ length: canary.length - HARMLESS }, (_, start) => start)
const parts = starts.map((start) => canary.slice(start, start + HARMLESS + 1))

export function holdsCanary(text: string): boolean {
  return parts.some((part) => text.includes(part))
}

const base64url = (text: string) => Buffer.from(text).toString('base64url')
const HEAD = base64url('{"alg":"HS256","typ":"JWT"}')

/** A JWT of that payload, which need not be one; the signature is what makes it a credential. */
export function jwtOf(payload: string): string {
  return `${HEAD}.${base64url(payload)}.${canary}`
}

export const jwt = (sub = 'ada'): string => jwtOf(JSON.stringify({ sub, iat: 1, exp: 901 }))
