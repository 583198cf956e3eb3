import { afterEach, expect, test } from 'vitest'
import { createLatchkey, jwtStrategy } from '../../../src/index.js'
import { codeOf, listen } from '../../shared/fixtures/events.js'
import { API } from '../../shared/fixtures/instance.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'

afterEach(() => localStorage.clear())

test('a renewal that turns out to be another user’s begins another sign-in, past the first one’s cached answers', async () => {
  const latchkey = createLatchkey({
    strategy: jwtStrategy({ storage: 'local' }),
    allowedOrigins: [API],
    refresh: async () => ({ access_token: jwtOf({ sub: 'bob' }) }),
  })
  const { types } = listen(latchkey)
  await latchkey.ready()
  await latchkey.set({ access_token: jwtOf({ sub: 'ada' }), refresh_token: 'rt' })
  // Whoever waited for it waited for the first user's.
  expect(await codeOf(latchkey.refresh())).toBe('ERR_SIGNED_OUT')
  const { generation, line, cache } = JSON.parse(Object.values({ ...localStorage }).join())
  expect([line, cache]).toEqual([generation, 'no-store'])
  expect(types()).toContain('user-changed')
})
