export const strategies = ['jwt-local', 'jwt-session', 'token', 'cookie', 'session'] as const
export const stormEngines = ['chromium', 'firefox', 'webkit'] as const

export interface StormOptions {
  readonly tabs: number
  /** In each tab and round. */
  readonly requests: number
  readonly rounds: number
  readonly strategy: (typeof strategies)[number]
  /** How long each refresh takes at the server, before it rotates. */
  readonly delayMs: number
  /** Whether the pages find no Web Locks, as on plain-http hosts. */
  readonly noLocks: boolean
  /** Whether tokens are bound to a key, and the server wants nonces. */
  readonly dpop: boolean
  readonly engine: (typeof stormEngines)[number]
  /** Life of an access token. @default long enough for a round's last request to arrive with it */
  readonly accessTokenSeconds?: number | undefined
  /** Of the pages: how long before its end a token is renewed. @default the library's, so half of such lives */
  readonly refreshBeforeSeconds?: number | undefined
}

export const defaults: StormOptions = {
  tabs: 5,
  requests: 50,
  rounds: 5,
  strategy: 'jwt-local',
  delayMs: 0,
  noLocks: false,
  dpop: false,
  engine: 'chromium',
}

/**
 * A token has to outlive the queue of requests it was put on, or none can do with one refresh a round. Two
 * cores need up to three milliseconds for each request, and several times that when they have other work, too, such as
 * to sign and to verify.
 */
export function lifeOf({ accessTokenSeconds, tabs, requests, dpop }: StormOptions): number {
  return accessTokenSeconds ?? Math.ceil((tabs * requests) / (dpop ? 40 : 65))
}
