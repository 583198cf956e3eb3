import { expectTypeOf, test } from 'vitest'
import {
  createLatchkey,
  jwtStrategy,
  type SessionResponse,
  sessionStrategy,
  type TokenResponse,
} from '../../src/index.js'

const allowedOrigins = ['https://api.example.com']

test('set takes a whole token response, also where the refresh answers less', () => {
  const refresh = async () => ({ access_token: 'next' })
  const latchkey = createLatchkey({ strategy: jwtStrategy({ storage: 'local' }), allowedOrigins, refresh })
  expectTypeOf(latchkey.set).parameter(0).toEqualTypeOf<TokenResponse>()
})

test('a session strategy’s set takes no token', () => {
  const latchkey = createLatchkey({ strategy: sessionStrategy(), allowedOrigins })
  expectTypeOf(latchkey.set).parameter(0).toEqualTypeOf<SessionResponse>()
  expectTypeOf({ access_token: 'x' }).not.toExtend<SessionResponse>()
})

test('fetch has the signature of the global one', () => {
  const latchkey = createLatchkey({ strategy: sessionStrategy(), allowedOrigins })
  expectTypeOf(latchkey.fetch).toExtend<typeof globalThis.fetch>()
})
