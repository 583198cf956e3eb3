import { expect, test } from 'vitest'
import { jwtStrategy, type LatchkeyOptions } from '../../../src/index.js'
import { ME, world } from '../../shared/fixtures/instance.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'

/** An instance that notes the cache mode of each request. */
function noting(more: Partial<LatchkeyOptions> = {}) {
  const modes: string[] = []
  const fetch = async ({ cache }: Request) => new Response(`${modes.push(cache)}`)
  return { modes, ...world({ fetch, ...more }) }
}

test('the first user’s requests are cached as the server says', async () => {
  const { latchkey, modes } = noting()
  await latchkey.set({ access_token: 'anns' })
  await latchkey.fetch(ME)
  expect(modes).toEqual(['default'])
})

test('after a sign-out the next user’s are not', async () => {
  const { latchkey, modes } = noting()
  await latchkey.set({ access_token: 'anns' })
  await latchkey.clear()
  await latchkey.set({ access_token: 'bobs' })
  await latchkey.fetch(ME)
  expect(modes).toEqual(['no-store'])
})

test('nor are they where nobody can say whose the next token is', async () => {
  const { latchkey, modes } = noting()
  await latchkey.set({ access_token: 'anns' })
  await latchkey.set({ access_token: 'bobs' })
  await latchkey.fetch(ME)
  expect(modes).toEqual(['no-store'])
})

test('a new token of the same user’s changes nothing', async () => {
  const { latchkey, modes } = noting({ strategy: jwtStrategy({ storage: 'session' }), name: 'same-user' })
  await latchkey.set({ access_token: jwtOf({ sub: 'ann', number: 1 }) })
  await latchkey.set({ access_token: jwtOf({ sub: 'ann', number: 2 }) })
  await latchkey.fetch(ME)
  expect(modes).toEqual(['default'])
})

test('a refresh goes on as it was', async () => {
  const { latchkey, modes } = noting()
  await latchkey.set({ access_token: 'anns', refresh_token: 'rt' })
  await latchkey.clear()
  await latchkey.set({ access_token: 'bobs', refresh_token: 'rt' })
  await latchkey.refresh()
  await latchkey.fetch(ME)
  expect(modes).toEqual(['no-store'])
})
