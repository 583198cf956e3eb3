import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import type { Scene } from './scene.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const burst = 1000

/** Expressions for a page of the same origin. Of a message there is nothing to believe but that it came. */
const messages = `[NaN, -1, 0, 0.5, 2 ** 60, Infinity, -Infinity, '', '9', 'cleared', null, undefined, true, [], [9e15],
  { generation: 9e15 }, { generation: 9e15, ended: 'cleared' }, { v: 1, access_token: 'a.b.c' }, 10n ** 30n]`

const onChannel = (key: string) => `(() => {
  const channel = new BroadcastChannel('${key}')
  for (const message of ${messages}) channel.postMessage(message)
  for (let n = 0; n < ${burst}; n++) channel.postMessage(Date.now() + 1e9 + n)
})()`

const byStorage = (key: string) => `(() => {
  for (const name of ['${key}.hint', '${key}.', 'latchkey', 'latchkey.jwt.', 'latchkey.hint'])
    for (const message of ${messages}) {
      localStorage.setItem(name, String(message))
      localStorage.removeItem(name)
    }
  for (let n = 0; n < ${burst}; n++) localStorage.setItem('${key}.hint', String(Date.now() + 1e9 + n))
  localStorage.removeItem('${key}.hint')
})()`

const events = (key: string) => `(() => {
  for (const key of ['${key}', '${key}.hint', null])
    for (const newValue of [null, '', 'NaN', '9e15', '{"v":1,"access_token":"a.b.c","receivedAt":1,"generation":9e15}'])
      dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: localStorage }))
  document.dispatchEvent(new Event('visibilitychange'))
  document.dispatchEvent(new Event('resume'))
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
})()`

async function forge({ open, oidc }: Scene, victim: Tab): Promise<void> {
  const key = `latchkey.jwt.${oidc.origin}`
  const forger = await open({ strategy: 'memory', noChannel: false })
  await forger.evaluate(onChannel(key))
  await forger.evaluate(byStorage(key))
  await victim.evaluate(events(key))
}

const table = usableEngines().flatMap((engine) =>
  // Firefox takes seconds for so many.
  (engine === 'firefox' ? [false] : [false, true]).map((noChannel) => ({ engine, noChannel })),
)

describe.each(table)(
  'in $engine, without a channel: $noChannel, forged messages',
  ({ engine, noChannel }) => {
    const scene = scenesIn(engine)

    test('change nothing and ask for nothing', async () => {
      const at = await scene({ noChannel })
      const [victim, other] = [await at.signedIn(), await at.open()]
      await victim.evaluate('void (globalThis.before = latchkey.state)')
      await forge(at, victim)
      expect((await victim.ask()).outcome).toBe('200')
      expect(await victim.evaluate('latchkey.state === before')).toBe(true)
      expect([await victim.events(), at.oidc.refreshCalls, at.oidc.apiCalls.length]).toEqual([[], [], 1])
      // All of it has been looked into by then.
      const begun = Date.now()
      await other.evaluate('latchkey.clear()')
      await victim.waitFor("latchkey.state.status === 'signed-out'")
      expect(Date.now() - begun).toBeLessThan(1000)
    })
  },
)
