/** A page's code, as small as one gets that still uses every part of the contract. */
export const consumer = `
import {
  bearer, cookieStrategy, createClient, createLatchkey, csrfCookie, defineStrategy, header, isLatchkeyError,
  jwtStrategy, LatchkeyError, memoryStrategy, oauthRefresh, query, sessionStrategy, tokenStrategy,
  type Latchkey, type LatchkeyErrorCode, type LatchkeyEvent, type LatchkeyState, type Placement, type Store,
  type TokenResponse,
} from 'latchkey'

const refresh = oauthRefresh({ tokenEndpoint: 'https://api.example.com/token', clientId: 'app' })
const latchkey: Latchkey = createLatchkey({
  strategy: jwtStrategy({ storage: 'local', placement: header('X-Auth-Token') }),
  allowedOrigins: ['self', 'https://api.example.com'],
  refresh,
})
const token: TokenResponse = { access_token: 'a', refresh_token: 'b', expires_in: 900 }
await latchkey.ready()
await latchkey.set(token)
const answer: Response = await latchkey.fetch('/me', { method: 'POST' })
const state: LatchkeyState = latchkey.state
const stop: () => void = latchkey.subscribe((_state: LatchkeyState, event: LatchkeyEvent) => void event.type)
const user: { name: string } = await createClient(latchkey, { prefix: '/api' }).get('me').json()
const code = (error: unknown): LatchkeyErrorCode | undefined => (isLatchkeyError(error) ? error.code : undefined)

const csrf = csrfCookie({ cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' })
const session = createLatchkey({ strategy: sessionStrategy({ csrf }), allowedOrigins: ['self'] })
await session.set({ expires_in: 1800 })
// @ts-expect-error: a session cookie is the server's, no script can set it
await session.set({ access_token: 'a' })

declare const store: Store
const placement: Placement = bearer()
const strategies = [
  cookieStrategy({ name: '__Host-token', expires: 7, csrf }),
  tokenStrategy({ placement: query('access_token') }),
  memoryStrategy(),
  defineStrategy({ name: 'own', store, placement }),
]
for (const strategy of strategies) createLatchkey({ strategy, allowedOrigins: ['self'] }).dispose()
// @ts-expect-error: there is no default for where a credential may go
createLatchkey({ strategy: memoryStrategy() })
// @ts-expect-error: an option that does not exist
createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'], retries: 3 })

export { answer, code, LatchkeyError, state, stop, user }
`

/** For whoever proves a strategy of one's own. */
export const testingConsumer = `
import * as testing from 'latchkey/testing'
export const names: string[] = Object.keys(testing)
`
