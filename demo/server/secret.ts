import { createHash, hkdfSync, randomBytes } from 'node:crypto'

/** 256 bits that nobody can guess, in characters that fit a header, a cookie and a URL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What the server keeps of a token: whoever steals the server's list can't sign in with it. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** A key for one use alone (RFC 5869): processes with the same secret have the same. */
export function keyFrom(secret: string, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', use, 32))
}
