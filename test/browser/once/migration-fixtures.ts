import { onTestFinished } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  jwtStrategy,
  type Latchkey,
  type LatchkeyOptions,
  type Refresh,
  type Strategy,
  sessionStrategy,
  storeChain,
  type TokenResponse,
  tokenStrategy,
} from '../../../src/index.js'
import { listen } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { ownName } from '../fixtures.js'
import { lying, type Place, tidy } from './places.js'

const API = 'https://api.example.com'
export const ME = `${API}/me`

type Home = Strategy<never>

/** Strategies that outlive the browser; of the chained ones, the second store is never needed. */
const strategies = {
  session: () => sessionStrategy() as Home,
  cookie: (name) => cookieStrategy({ name, expires: 7 }) as Home,
  jwt: () => jwtStrategy({ storage: 'local' }) as Home,
  token: () => tokenStrategy() as Home,
  'session in a chain': () => sessionStrategy({ storage: storeChain(['indexedDB', 'memory']) }) as Home,
  'jwt in a chain': () => jwtStrategy({ storage: storeChain(['indexedDB', 'memory']) }) as Home,
  'token in a chain': () => tokenStrategy({ storage: storeChain(['local', 'memory']) }) as Home,
} satisfies Record<string, (name: string) => Home>

export type Kind = keyof typeof strategies
export const kinds = Object.keys(strategies) as Kind[]

export const isSession = (kind: Kind): boolean => kind.startsWith('session')

/** Only a server can make a session, so neither can be made of the other. */
export const canMove = (from: Kind, to: Kind): boolean => isSession(from) === isSession(to)

/** All ordered pairs of two that differ. */
export const pairsOf = (some: readonly Kind[]): (readonly [Kind, Kind])[] =>
  some.flatMap((from) => some.filter((to) => to !== from).map((to) => [from, to] as const))

/** Where each keeps what it has, if all goes well. */
const homes: Record<Kind, readonly Place[]> = {
  session: ['local'],
  cookie: ['local', 'cookie'],
  jwt: ['local'],
  token: ['indexedDB'],
  'session in a chain': ['indexedDB'],
  'jwt in a chain': ['indexedDB'],
  'token in a chain': ['local'],
}

export const grant = (number: number, sub = 'ann') => ({
  access_token: jwtOf({ sub, number }),
  refresh_token: `rt-${number}`,
  expires_in: 3600,
})

/** What is given to `set()` of such a strategy. */
export const given = (kind: Kind, number = 0, sub = 'ann') =>
  (isSession(kind) ? { expires_in: 3600 } : grant(number, sub)) as never

/** One app in one browser: its versions share what is stored and the server. */
export function oneApp() {
  const name = ownName()
  const spent: unknown[] = []
  const server = { spent, sent: [] as string[], before: async (): Promise<void> => {} }
  const make = (kind: Kind) => strategies[kind](name)
  const fetch = async ({ headers, credentials }: Request) => {
    const cookie = new RegExp(`${name}=([^;]*)`).exec(document.cookie)?.[1]
    const byBrowser = credentials === 'include' ? `cookie ${cookie ?? 'of the server'}` : 'nothing'
    server.sent.push(headers.get('authorization') ?? byBrowser)
    return new Response()
  }
  const refresh: Refresh<TokenResponse> = async ({ credential }) => {
    const number = spent.push(credential.refresh_token)
    await server.before()
    return credential.access_token ? grant(number) : ({ expires_in: 3600 } as never)
  }
  /** A version of the app, in a tab of its own. */
  const open = (
    strategy: Kind | Home,
    migrateFrom: readonly (Kind | Home)[] = [],
    more: Partial<LatchkeyOptions> = {},
  ) => {
    const made = (one: Kind | Home) => (typeof one === 'string' ? make(one) : one)
    const times = { storageTimeoutSeconds: 3, refreshTimeoutSeconds: 4 }
    const latchkey: Latchkey<TokenResponse> = createLatchkey<TokenResponse>({
      strategy: made(strategy) as Strategy,
      migrateFrom: migrateFrom.map(made),
      ...{ allowedOrigins: [API], name, fetch, refresh, ...times, ...more },
    })
    onTestFinished(() => latchkey.dispose())
    return { latchkey, ...listen(latchkey) }
  }
  /** Signs in with a strategy, and closes the app. */
  const signIn = async (kind: Kind, token: never = given(kind)) => {
    const { latchkey } = open(kind)
    await latchkey.set(token)
    latchkey.dispose()
  }
  /** The places where something lies, besides what the tabs know of it. */
  const places = async () =>
    (await lying(name))
      .map(([place, key]) => `${place} ${key.replaceAll(`.${name}`, '')}`)
      .filter((one) => !/^ledger/.test(one))
  /** The same, for a credential that one strategy has, and no other. */
  const only = (kind: Kind) =>
    homes[kind].map((place) =>
      place === 'cookie' ? `cookie ${name}` : `${place} latchkey.${kind.split(' ')[0]}`,
    )
  /** What the server sees of a credential of such a kind. */
  const sentBy = (kind: Kind, { access_token } = grant(0)) => {
    if (isSession(kind)) return 'cookie of the server'
    return kind === 'cookie' ? `cookie ${access_token}` : `Bearer ${access_token}`
  }
  onTestFinished(() => tidy(name))
  return { name, server, make, open, signIn, places, only, sentBy }
}
