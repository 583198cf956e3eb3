import {
  angular,
  cookieStrategy,
  createLatchkey,
  dpop,
  header,
  jwtStrategy,
  type Latchkey,
  query,
  type Strategy,
  sessionStrategy,
  type TokenResponse,
  tokenStrategy,
} from '../../../src/index.js'
import { post } from '../server.js'
import { words } from '../word.js'

/** The header, cookie or query parameter that brings the credential to the server. */
export type Carrier =
  | 'authorization'
  | 'dpop'
  | 'x-auth-token'
  | 'access_token'
  | 'victim_token'
  | 'victim_sid'

/** Somebody who is signed in by one strategy, with an instance and an account of this section's own. */
export interface Victim {
  readonly id: string
  readonly title: string
  /** Its part of the API, `/api/<kind>`. */
  readonly kind: string
  readonly carrier: Carrier
  readonly latchkey: Omit<Latchkey, 'set'>
  /** The access token of the last sign-in; empty where script never gets to see one. */
  readonly token: string
  signIn(): Promise<void>
  /** So that nothing of the victim's goes along when other sections call the server. */
  signOut(): Promise<void>
}

/** Whether the browser attaches the credential by itself. */
export function isCookie({ carrier }: Victim): boolean {
  return carrier === 'victim_token' || carrier === 'victim_sid'
}

interface Opened {
  readonly latchkey: Omit<Latchkey, 'set'>
  keep(answer: TokenResponse): Promise<void>
  /** What a sign-in is asked with, where it has to prove the key that the token will be bound to. @default latchkey's fetch */
  readonly enter?: typeof fetch
}

type Way = Pick<Victim, 'kind' | 'carrier'> & { readonly id: Exclude<keyof typeof words.ways, 'places'> }

function createVictim(way: Way, { latchkey, keep, enter = latchkey.fetch }: Opened): Victim {
  let token = ''
  return {
    ...way,
    title: words.ways[way.id].title,
    latchkey,
    get token() {
      return token
    },
    async signIn() {
      const response = await enter(`/api/${way.kind}/login`, post({ name: words.attacks.victim }))
      const answer = await response.json()
      await keep(answer)
      token = answer.access_token ?? ''
    },
    async signOut() {
      await latchkey.ready()
      if (latchkey.state.status !== 'signed-in') return
      await latchkey.fetch(`/api/${way.kind}/logout`, post({}))
      await latchkey.clear()
    },
  }
}

/** Without refresh: a sign-in of its own begins each attack, so that the page knows which token to look for. */
function withToken(way: Way, strategy: Strategy, enter?: typeof fetch): Victim {
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name: `victim-${way.id}` })
  return createVictim(way, { latchkey, keep: latchkey.set, ...(enter && { enter }) })
}

function withSession(way: Way): Victim {
  const strategy = sessionStrategy({ csrf: angular(), probe: `/api/${way.kind}/me` })
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name: `victim-${way.id}` })
  return createVictim(way, { latchkey, keep: ({ expires_in }) => latchkey.set({ expires_in }) })
}

/** One for each strategy, not signed in yet. */
export function createVictims(): readonly Victim[] {
  const jwt = { kind: 'jwt', carrier: 'authorization' } as const
  const inHeader = tokenStrategy({ placement: header('X-Auth-Token') })
  const proof = dpop({ name: 'victim-dpop' })
  const inQuery = tokenStrategy({ placement: query('access_token') })
  return [
    withSession({ id: 'session', kind: 'victim-session', carrier: 'victim_sid' }),
    withToken(
      { id: 'cookie', kind: 'victim-cookie', carrier: 'victim_token' },
      cookieStrategy({ name: 'victim_token', csrf: angular() }),
    ),
    withToken({ ...jwt, id: 'jwt-local' }, jwtStrategy({ storage: 'local' })),
    withToken({ ...jwt, id: 'jwt-session' }, jwtStrategy({ storage: 'session' })),
    withToken({ id: 'token', kind: 'token', carrier: 'authorization' }, tokenStrategy()),
    withToken({ id: 'token-header', kind: 'token-header', carrier: 'x-auth-token' }, inHeader),
    withToken({ id: 'token-query', kind: 'token-query', carrier: 'access_token' }, inQuery),
    withToken(
      { id: 'dpop', kind: 'dpop', carrier: 'dpop' },
      jwtStrategy({ storage: 'local', placement: proof }),
      proof.fetch,
    ),
  ]
}
