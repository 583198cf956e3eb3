import type { Victim } from './victims.js'

/** What injected script has found in a place: a text, or a key with its bits where the browser gives them away. */
export interface Loot {
  readonly where: string
  readonly text: string
  readonly key?: CryptoKey
  readonly jwk?: JsonWebKey
}

/** A key that can be used and not taken away, and its public half. */
export interface Keys {
  readonly privateKey: CryptoKey
  readonly jwk: object
}

/** What the injected script can do. */
export interface Injected {
  search(): Promise<Loot[]>
  listen(hear: (loot: Loot) => void): () => void
  act(path: string): Promise<Response>
  actWithKey(path: string, token: string, keys: Keys): Promise<Response>
}

/** It looks everywhere, and listens while the victims work. */
export async function robbed(script: Injected, victims: readonly Victim[]): Promise<Loot[]> {
  const heard: Loot[] = []
  const stop = script.listen((loot) => heard.push(loot))
  try {
    await Promise.all(victims.map(({ kind, latchkey }) => latchkey.fetch(`/api/${kind}/echo`)))
  } finally {
    stop()
  }
  return [...(await script.search()), ...heard]
}

/** Where the victim's token was seen, each place once. */
export function placesOf({ token }: Victim, loot: readonly Loot[]): string {
  const found = loot.filter(({ text }) => text.includes(token))
  return [...new Set(found.map(({ where }) => where))].join(', ')
}

/** The victim's key, where it was found and is locked. */
export function keysOf({ id }: Victim, loot: readonly Loot[]): Keys | undefined {
  const own = loot.filter(({ where }) => where.includes(`victim-${id}`))
  const locked = own.find(({ key, jwk }) => key?.type === 'private' && !jwk)
  const { kty, crv, x, y } = own.find(({ key }) => key?.type === 'public')?.jwk ?? {}
  return locked?.key && { privateKey: locked.key, jwk: { kty, crv, x, y } }
}
