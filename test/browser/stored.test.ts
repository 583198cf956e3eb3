import { expect, test } from 'vitest'
import {
  bearer,
  createLatchkey,
  defineStrategy,
  jwtStrategy,
  memoryStrategy,
  type Strategy,
  sessionStrategy,
  tokenStrategy,
} from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { fakeStore, sleep } from '../shared/fixtures/faults.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { ownName } from './fixtures.js'

const TOKEN = jwtOf({ sub: 'ann' })

const strategies: Record<string, { make: () => Strategy; survives: boolean; persistent: boolean }> = {
  'jwtStrategy local': { make: () => jwtStrategy({ storage: 'local' }), survives: true, persistent: true },
  'jwtStrategy session': {
    make: () => jwtStrategy({ storage: 'session' }),
    survives: true,
    persistent: false,
  },
  tokenStrategy: { make: () => tokenStrategy(), survives: true, persistent: true },
  memoryStrategy: { make: () => memoryStrategy(), survives: false, persistent: false },
}

for (const [what, { make, survives, persistent }] of Object.entries(strategies)) {
  test(`${what}: a reload ${survives ? 'finds' : 'does not find'} the credential, its life and its refresh token`, async () => {
    const { api } = newBench()
    const options = { allowedOrigins: [api.origin], name: ownName() }
    const first = createLatchkey({ strategy: make(), ...options })
    await first.set({ access_token: TOKEN, refresh_token: 'rt', expires_in: 600 })
    expect([first.state.persistent, make().capabilities.persistent]).toEqual([persistent, persistent])
    const spent: unknown[] = []
    const again = createLatchkey({
      strategy: make(),
      ...options,
      refresh: async ({ credential }) => ({
        access_token: `${TOKEN}${spent.push(credential.refresh_token)}`,
      }),
    })
    const { headers } = await (await again.fetch(api.at('echo'))).json()
    expect(headers.authorization).toBe(survives ? `Bearer ${TOKEN}` : undefined)
    expect(again.state.expiresAt).toBe(survives ? first.state.expiresAt : undefined)
    if (survives) await again.refresh()
    expect(spent).toEqual(survives ? ['rt'] : [])
    await again.clear()
    const last = createLatchkey({ strategy: make(), ...options })
    expect((await last.ready()).status).toBe('signed-out')
  })
}

test('a request made at once waits for a store that takes 800 ms, and carries the credential', async () => {
  const { api } = newBench()
  const store = fakeStore()
  const make = () =>
    createLatchkey({
      strategy: defineStrategy({ name: 'slow', store, placement: bearer() }),
      allowedOrigins: [api.origin],
      name: 'slow',
    })
  await make().set({ access_token: 'token' })
  store.before = () => sleep(800)
  const start = performance.now()
  const { headers } = await (await make().fetch(api.at('echo'))).json()
  expect(headers.authorization).toBe('Bearer token')
  expect(performance.now() - start).toBeGreaterThan(780)
})

test('a request to elsewhere does not wait for the store', async () => {
  const { api, foreign } = newBench()
  const store = Object.assign(fakeStore(), { before: () => sleep(2000) })
  const strategy = defineStrategy({ name: 'slow', store, placement: bearer() })
  const latchkey = createLatchkey({ strategy, allowedOrigins: [api.origin] })
  const start = performance.now()
  await latchkey.fetch(foreign.at('echo'))
  expect(performance.now() - start).toBeLessThan(1500)
})

test('once it is known, no request reads the store', async () => {
  const { api } = newBench()
  const reads: string[] = []
  const store = fakeStore()
  store.before = (operation) => void reads.push(operation)
  const strategy = defineStrategy({ name: 'counting', store, placement: bearer() })
  const latchkey = createLatchkey({ strategy, allowedOrigins: [api.origin] })
  await latchkey.set({ access_token: 'token' })
  for (let i = 0; i < 5; i += 1) await latchkey.fetch(api.at('echo'))
  expect(reads.sort()).toEqual(['read', 'write'])
})

test('changing the strategy changes no call site', async () => {
  const { api } = newBench()
  const all = [...Object.values(strategies).map(({ make }) => make()), sessionStrategy() as never]
  for (const strategy of all) {
    const latchkey = createLatchkey<never>({ strategy, allowedOrigins: [api.origin], name: ownName() })
    await latchkey.set({ access_token: strategy.name === 'session' ? undefined : TOKEN } as never)
    expect((await latchkey.fetch(api.at('echo'))).status).toBe(200)
    await latchkey.clear()
  }
})
