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

/** For whoever has a framework, as it is used there. */
export const bindingsConsumer = `
import { createElement, type ReactElement } from 'react'
import { createApp, defineComponent, h } from 'vue'
import { createLatchkey, memoryStrategy, sessionStrategy, type Latchkey, type LatchkeyState, type SessionResponse } from 'latchkey'
import { LatchkeyProvider, useLatchkey, useLatchkeyState, useSignedIn } from 'latchkey/react'
import { latchkeyPlugin, provideLatchkey, useLatchkey as useInVue } from 'latchkey/vue'
import { latchkeyState, signedIn } from 'latchkey/svelte'
import { defineInspector, inspect, type InspectorElement } from 'latchkey/inspector'

const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'] })
const session = createLatchkey({ strategy: sessionStrategy(), allowedOrigins: ['self'] })

export function User(): ReactElement {
  const isIn: boolean | undefined = useSignedIn()
  const { status }: LatchkeyState = useLatchkeyState()
  const { set }: Latchkey = useLatchkey()
  const mine: Latchkey<SessionResponse> = useLatchkey<SessionResponse>()
  // @ts-expect-error: nothing but a token response is one
  void set({ token: 'a' })
  return createElement('p', { title: status, onClick: () => void mine.set({ expires_in: 60 }) }, String(isIn))
}
export const pages = [
  createElement(LatchkeyProvider, { latchkey }, createElement(User)),
  createElement(LatchkeyProvider<SessionResponse>, { latchkey: session, children: 'text' }),
]
// @ts-expect-error: a provider gives what it was given
createElement(LatchkeyProvider, {})

export const Component = defineComponent(() => {
  provideLatchkey(session)
  const { state, signedIn, latchkey } = useInVue()
  const next: Promise<void> = latchkey.set({ access_token: 'a' })
  // @ts-expect-error: nobody but the library says what the state is
  state.value = latchkey.state
  const isIn: boolean | undefined = signedIn.value
  return () => h('p', [state.value.status, String(isIn), String(next)])
})
createApp(Component).use(latchkeyPlugin, latchkey)
createApp(Component).use(latchkeyPlugin, session)
// @ts-expect-error: an app is given an instance
createApp(Component).use(latchkeyPlugin, {})

latchkeyState(latchkey).subscribe(({ status }) => void status)
export const stop: () => void = signedIn(session).subscribe((isIn: boolean | undefined) => void isIn)

export const inspector: InspectorElement = inspect(latchkey, session)
inspector.latchkeys = [session]
inspector.words = { status: 'Zustand' }
export const element: HTMLElement = new (defineInspector('my-inspector'))()
createElement('latchkey-inspector', { latchkeys: [latchkey] })
// @ts-expect-error: an inspector is given instances
inspect(latchkey.state)
`

/** Svelte's own types are found by no compiler that does not read `exports`. */
export const svelteConsumer = `
import { derived, fromStore, get } from 'svelte/store'
import { createLatchkey, memoryStrategy, type LatchkeyState } from 'latchkey'
import { latchkeyState, signedIn } from 'latchkey/svelte'

const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'] })
export const state: LatchkeyState = get(latchkeyState(latchkey))
export const isIn: boolean | undefined = fromStore(signedIn(latchkey)).current
export const isOut: { subscribe: object } = derived(signedIn(latchkey), (value) => !value)
`

/** For whoever still writes CommonJS. */
export const commonConsumer = `
import latchkey = require('latchkey')
import react = require('latchkey/react')
const made: latchkey.Latchkey = latchkey.createLatchkey({ strategy: latchkey.memoryStrategy(), allowedOrigins: ['self'] })
export = [made, react.useSignedIn]
`
