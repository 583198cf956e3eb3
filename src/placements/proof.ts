import { isKey } from '../keys.js'
import { own } from '../options.js'

/** What proofs are signed with, and its public half as they show it. */
export interface ProofKey {
  readonly privateKey: CryptoKey
  readonly jwk: object
}

/** What a proof says of one request. */
export interface ProofClaims {
  method: string
  url: string
  /** When it is made, in seconds since the epoch by the server's clock. */
  iat: number
  nonce: string | undefined
  /** The access token that it goes with, if one does. */
  token?: string | undefined
}

/** The private half can be used and never read; the public one can be read all the same (Web Cryptography, "ECDSA"). */
export function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ES256, false, ['sign'])
}

/** Whether what was found is what is made here. */
export function isProofKeys(found: unknown): found is CryptoKeyPair {
  const { privateKey, publicKey }: Partial<CryptoKeyPair> = own(Object(found))
  return isKey(privateKey, 'private', ES256, ['sign']) && isKey(publicKey, 'public', ES256, [])
}

/** RFC 7518 s. 3.4. */
const ES256 = { name: 'ECDSA', namedCurve: 'P-256' }

export async function proofKeyOf({ privateKey, publicKey }: CryptoKeyPair): Promise<ProofKey> {
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  // In this order, and with nothing else, the thumbprint is made of it (RFC 7638 s. 3.2).
  return { privateKey, jwk: own({ crv, kty, x, y }) }
}

/** The key's name among servers. @see https://www.rfc-editor.org/rfc/rfc7638 */
export function thumbprintOf({ jwk }: Pick<ProofKey, 'jwk'>): Promise<string> {
  return sha256(JSON.stringify(jwk))
}

/** A DPoP proof JWT (RFC 9449 s. 4.2), which holds no secret but is good for that one request alone. */
export async function proofOf({ privateKey, jwk }: ProofKey, claims: ProofClaims): Promise<string> {
  const { method, url, iat, nonce, token } = claims
  const { origin, pathname } = new URL(url)
  const ath = token && (await sha256(token))
  const said = { jti: crypto.randomUUID(), htm: method, htu: origin + pathname, iat, ath, nonce }
  const signed = [{ typ: 'dpop+jwt', alg: 'ES256', jwk }, said]
    .map((part) => base64url(new TextEncoder().encode(JSON.stringify(own(part)))))
    .join('.')
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytesOf(signed))
  return `${signed}.${base64url(new Uint8Array(signature))}`
}

/** Of the bytes that go over the wire: a header's value is Latin-1. */
async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(text))))
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
