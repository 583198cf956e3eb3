import { expect, onTestFinished, test, vi } from 'vitest'
import { cookieStrategy, type LatchkeyOptions, type Strategy, tokenStrategy } from '../../src/index.js'
import { codeOf } from '../shared/fixtures/events.js'
import { sleep } from '../shared/fixtures/faults.js'
import { grant, LIFE, ME, openTabs, withoutLocks } from './tabs-fixtures.js'

type Way = () => Partial<LatchkeyOptions>

const open = () => {
  throw new DOMException('blocked', 'SecurityError')
}
const blocked = { open } as unknown as IDBFactory
const mute = { open: () => ({}) } as unknown as IDBFactory

const ways: Record<string, Way> = {
  'Web Locks and IndexedDB': () => ({}),
  'no Web Locks': () => {
    withoutLocks()
    return {}
  },
  'no BroadcastChannel': () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    onTestFinished(() => void vi.unstubAllGlobals())
    return {}
  },
  'an IndexedDB that throws': () => ({ indexedDB: blocked }),
  'an IndexedDB that never answers': () => ({ indexedDB: mute }),
}

const strategies: Record<string, (name: string) => Strategy> = {
  tokenStrategy: () => tokenStrategy(),
  cookieStrategy: (name) => cookieStrategy({ name }),
}

/** All tabs ask at the moment the credential has ended. */
async function atTheEnd({ clock, tabs, server }: Awaited<ReturnType<typeof openTabs>>) {
  clock.now += (LIFE + 1) * 1000
  for (const { events } of tabs) events.length = 0
  const asked = tabs.flatMap(({ latchkey }) => Array.from({ length: 5 }, () => codeOf(latchkey.fetch(ME))))
  const outcomes = new Set(await Promise.all(asked))
  return { outcomes: [...outcomes], carried: [...new Set(server.seen)] }
}

for (const [i, [what, way]] of Object.entries(ways).entries()) {
  test.for(i === 0 ? [2, 3, 5] : [3])(
    `with ${what}, %s tabs refresh once, and all have what came of it`,
    async (count) => {
      const made = await openTabs(count, way())
      made.server.answer = async (calls) => {
        await sleep(50)
        return grant(calls)
      }
      const { outcomes, carried } = await atTheEnd(made)
      expect([outcomes, made.server.spent]).toEqual([['fulfilled'], ['rt-0']])
      expect(carried).toEqual([`Bearer ${grant(1).access_token}`])
      const told = made.tabs.flatMap(({ types }) => types())
      expect(told).toEqual(Array(count).fill('refreshed'))
    },
  )
}

test.for(Object.entries(strategies))(
  'with %s, 4 tabs refresh once, life after life',
  async ([, strategy]) => {
    const name = `one-refresh-${crypto.randomUUID()}`
    const made = await openTabs(4, { strategy: strategy(name), name })
    for (const life of [1, 2, 3]) {
      expect((await atTheEnd(made)).outcomes).toEqual(['fulfilled'])
      const ends = made.tabs.map(({ latchkey }) => latchkey.state.expiresAt)
      expect([made.server.spent.length, new Set(ends).size]).toEqual([life, 1])
    }
  },
)

test('refusals that reach several tabs cost one refresh', async () => {
  const { tabs, server } = await openTabs(4, {
    fetch: async ({ headers }) => {
      const isOld = headers.get('authorization') === `Bearer ${grant(0).access_token}`
      return new Response('', { status: isOld ? 401 : 200 })
    },
  })
  const asked = tabs.flatMap(({ latchkey }) => [latchkey.fetch(ME), latchkey.fetch(ME)])
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array(8).fill(200))
  expect(server.spent).toEqual(['rt-0'])
})
