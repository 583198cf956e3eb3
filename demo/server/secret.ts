import { createHash, randomBytes } from 'node:crypto'

/** 256 bits that nobody can guess, in characters that fit a header, a cookie and a URL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What the server keeps of a token: whoever steals the server's list can't sign in with it. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
