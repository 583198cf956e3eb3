/** The first eight hex digits of a text's SHA-256; `undefined` where there is none, or the browser has no digest. */
export async function fingerprintOf(text: string | undefined): Promise<string | undefined> {
  // Not there in an insecure context (Web Cryptography s. 10).
  const { subtle }: Partial<Crypto> = globalThis.crypto
  if (!text || !subtle) return undefined
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text))
  return new DataView(digest).getUint32(0).toString(16).padStart(8, '0')
}
