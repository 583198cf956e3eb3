import { describe, expect, test } from 'vitest'
import { createLatchkey, type Latchkey, memoryStrategy } from '../../../src/index.js'
import { newBench } from '../../harness/bench.js'
import { clients, type Shape } from './clients.js'

const GOOD = 'good-token'
const OLD = 'old-token'

function shapeOf(input: RequestInfo | URL): Shape {
  if (typeof input === 'string') return 'string'
  return input instanceof URL ? 'URL' : 'Request'
}

/** An instance that can renew what it is given, with two APIs, of which one is not its own. */
function page() {
  const { api, foreign } = newBench()
  let refreshes = 0
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [api.origin],
    refresh: async () => {
      refreshes += 1
      return { access_token: GOOD }
    },
  })
  /** What was sent, preflights aside. */
  const sent = async (origin = api) => (await origin.log()).filter(({ method }) => method !== 'OPTIONS')
  const tokens = async (origin = api) => (await sent(origin)).map(({ headers }) => headers.authorization)
  return { api, foreign, latchkey, sent, tokens, refreshes: () => refreshes }
}

/** The same instance, whose `fetch` notes in what shape it is asked. */
function noting(latchkey: Latchkey): { noted: Latchkey; shapes: Shape[] } {
  const shapes: Shape[] = []
  const fetch: Latchkey['fetch'] = (input, init) => {
    shapes.push(shapeOf(input))
    return latchkey.fetch(input, init)
  }
  return { noted: { ...latchkey, fetch }, shapes }
}

describe.each(clients)('%s', (_name, make, shape) => {
  test('reads and writes with the credential, in one request each', async () => {
    const { api, latchkey, tokens, refreshes } = page()
    await latchkey.set({ access_token: GOOD })
    const { noted, shapes } = noting(latchkey)
    const client = make(noted, api.at('guarded'))
    expect([await client.read(), await client.write('bob')]).toEqual(['ann', 'bob'])
    expect(await tokens()).toEqual([`Bearer ${GOOD}`, `Bearer ${GOOD}`])
    expect([shapes, refreshes()]).toEqual([shape ? [shape, shape] : [], 0])
  })

  test('does not hear of the 401 to an old token when it reads', async () => {
    const { api, latchkey, tokens, refreshes } = page()
    await latchkey.set({ access_token: OLD })
    expect(await make(latchkey, api.at('guarded')).read()).toBe('ann')
    expect(await tokens()).toEqual([`Bearer ${OLD}`, `Bearer ${GOOD}`])
    expect(refreshes()).toBe(1)
  })

  test('does not hear of it when it writes, and the same bytes are sent again', async () => {
    const { api, latchkey, sent, tokens, refreshes } = page()
    await latchkey.set({ access_token: OLD })
    expect(await make(latchkey, api.at('guarded')).write('bøb')).toBe('bøb')
    expect(await tokens()).toEqual([`Bearer ${OLD}`, `Bearer ${GOOD}`])
    const [first, second] = (await sent()).map(({ method, url, headers, bodyBase64 }) => [
      method,
      url,
      headers['content-type'],
      bodyBase64,
    ])
    expect(second).toEqual(first)
    expect([first?.[0], first?.[3], refreshes()]).toEqual(['POST', expect.stringMatching(/../), 1])
  })

  test('works after a sign-in that comes later than the client', async () => {
    const { api, latchkey, tokens } = page()
    const client = make(latchkey, api.at('guarded'))
    await latchkey.set({ access_token: GOOD })
    expect([await client.read(), await client.write('bob')]).toEqual(['ann', 'bob'])
    expect(await tokens()).toEqual([`Bearer ${GOOD}`, `Bearer ${GOOD}`])
  })

  test('takes the credential to no other origin', async () => {
    const { foreign, latchkey, tokens } = page()
    await latchkey.set({ access_token: GOOD })
    const client = make(latchkey, foreign.at('open'))
    expect([await client.read(), await client.write('bob')]).toEqual(['ann', 'bob'])
    expect(await tokens(foreign)).toEqual([undefined, undefined])
  })
})

test('the clients give fetch all the shapes that its input may have', () => {
  expect(new Set(clients.map(([, , shape]) => shape))).toEqual(
    new Set(['string', 'URL', 'Request', undefined]),
  )
})
