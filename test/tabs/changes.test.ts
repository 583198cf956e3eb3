import { describe, expect, test } from 'vitest'
import { type Engine, usableEngines } from '../harness/browsers.js'
import { frozen, hidden, type Leave, replaced } from './away.js'
import { type SceneOptions, scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const soonMs = 1000

type Strategy = 'jwt-local' | 'token' | 'cookie' | 'session'

interface Way extends SceneOptions {
  readonly leave?: Leave
  readonly strategies?: readonly Strategy[]
  readonly engines?: readonly Engine[]
}

const all = ['jwt-local', 'token', 'cookie', 'session'] as const
const chromium = { engines: ['chromium'] } as const
/** What is said to a page that is not there may be lost; here it is certain. */
const deaf = { noChannel: true, noStorageEvents: true }

const ways: Record<string, Way> = {
  'is awake': {},
  'is awake, without BroadcastChannel': { noChannel: true },
  'is awake, without IndexedDB': { noIndexedDB: true, strategies: ['jwt-local', 'cookie', 'session'] },
  'was frozen': { ...chromium, leave: frozen, strategies: ['jwt-local'] },
  'was frozen, and heard of nothing': { ...chromium, ...deaf, leave: frozen },
  'was hidden, and heard of nothing': { ...chromium, ...deaf, leave: hidden, strategies: ['jwt-local'] },
  'was in bfcache': { leave: replaced },
}

const asUser2 = "latchkey.clear().then(() => signIn('user-2'))"

/** What one tab does, one after the other; what the other one hears of it; and whose credential it has then. */
const changes = [
  { act: "signIn('user-1')", heard: /^signed-in$/, sub: 'user-1' },
  { act: 'latchkey.refresh()', heard: /^refreshed$/, sub: 'user-1' },
  {
    act: asUser2,
    heard: /^user-changed$|^signed-out,signed-in$/,
    awayHeard: /^user-changed$/,
    sub: 'user-2',
  },
  { act: 'latchkey.clear()', heard: /^signed-out$/, sub: undefined },
]

const types = async (tab: Tab) => (await tab.events()).map(({ type }) => type).join()

/** How much later than one tab, or than its own coming back, the other one heard of the last change. */
async function latenessMs(first: Tab, other: Tab): Promise<number> {
  const [changed, heard] = [
    (await first.events()).at(-1)?.at ?? 0,
    (await other.events()).at(-1)?.at ?? Infinity,
  ]
  return heard - Math.max(changed, await other.evaluate<number>('globalThis.backAt ?? 0'))
}

/** All in Chromium, and where nothing is missing; otherwise one. */
function strategiesOf(engine: Engine, name: string): readonly Strategy[] {
  const strategies = ways[name]?.strategies ?? all
  return engine === 'chromium' || name === 'is awake' ? strategies : strategies.slice(0, 1)
}

const table = usableEngines().flatMap((engine) =>
  Object.entries(ways)
    .filter(([, { engines = [engine] }]) => engines.includes(engine))
    .flatMap(([name, way]) =>
      strategiesOf(engine, name).map((strategy) => ({ engine, strategy, name, way })),
    ),
)

describe.each(table)('in $engine, with $strategy, a tab that $name', ({ engine, strategy, way }) => {
  const scene = scenesIn(engine)

  test('sees a sign-in, a refresh, another user and a sign-out of another tab within a second', async () => {
    const { leave = async () => async () => {}, ...options } = way
    const at = await scene({ strategy, ...options })
    const [first, other] = [await at.open(), await at.open()]
    for (const { act, heard, awayHeard = heard, sub } of changes) {
      await Promise.all([first, other].map((tab) => tab.evaluate('void events.splice(0)')))
      const comeBack = await leave(other)
      await first.evaluate(act)
      await comeBack()
      const isHeard = way.leave ? awayHeard : heard
      await expect.poll(() => types(other), { timeout: 5000 }).toMatch(isHeard)
      const ms = await latenessMs(first, other)
      expect(ms).toBeLessThan(soonMs)
      // Of the server's cookie nobody here knows when it has ended.
      if (strategy === 'session' && !sub) continue
      const [mine, theirs] = [await first.ask(), await other.ask()]
      expect([theirs.sub, theirs.token]).toEqual([sub, mine.token])
    }
    expect((await other.state()).reason).toBe('other-tab')
  })
})
