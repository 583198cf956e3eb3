import { describe, expect, test } from 'vitest'
import { type LatchkeyOptions, tokenStrategy } from '../../src/index.js'
import { codeOf, settled } from '../shared/fixtures/events.js'
import { sleep } from '../shared/fixtures/faults.js'
import { API } from './fault-fixtures.js'
import { ME, oneKey } from './tabs-fixtures.js'

const IDLE = 300
const MINUTE = 60_000

/** Tabs of a server that ends sessions after five idle minutes, and a clock that is set by hand. */
function idling(more: Partial<LatchkeyOptions> = {}) {
  const made = oneKey({ idleTimeoutSeconds: IDLE, refresh: undefined, ...more })
  const signedIn = async () => {
    const tab = await made.open()
    await tab.latchkey.set({ access_token: 'header.e30.', expires_in: 86_400 })
    await settled()
    tab.events.length = 0
    return tab
  }
  return { ...made, signedIn }
}

/** Shows the tab once more, which looks at once what time it is. */
async function seen(): Promise<void> {
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  await sleep(100)
}

/** A database that takes so long to open, from when it is told. */
function slowDatabase() {
  const slow = {
    ms: 0,
    open(...asked: Parameters<IDBFactory['open']>): IDBOpenDBRequest {
      const request = indexedDB.open(...asked)
      const late = { result: undefined as unknown } as {
        -readonly [K in keyof IDBOpenDBRequest]: IDBOpenDBRequest[K]
      }
      const tell = (name: 'onsuccess' | 'onupgradeneeded') => (event: Event) => {
        late.result = request.result
        late[name]?.(event as IDBVersionChangeEvent)
      }
      request.onupgradeneeded = tell('onupgradeneeded')
      request.onsuccess = (event) => setTimeout(() => tell('onsuccess')(event), slow.ms)
      return late
    },
  }
  return slow
}

describe('with an idle time-out', () => {
  test('a tab that rests is not ended while another is used, however slowly the database opens', async () => {
    const { clock, open, signedIn } = idling({ channel: () => undefined })
    const slow = slowDatabase()
    const used = await signedIn()
    const resting = await open({ indexedDB: slow as unknown as IDBFactory })
    clock.now += 3 * MINUTE
    await used.latchkey.fetch(ME)
    await sleep(200)
    clock.now += 3 * MINUTE
    slow.ms = 200
    await seen()
    await sleep(500)
    expect([resting, used].map(({ latchkey }) => latchkey.state.status)).toEqual(['signed-in', 'signed-in'])
  })

  test('requests keep it signed in, however long', async () => {
    const { clock, signedIn } = idling()
    const { latchkey, types } = await signedIn()
    for (let minutes = 0; minutes < 20; minutes += 3) {
      clock.now += 3 * MINUTE
      await latchkey.fetch(ME)
    }
    await expect.poll(() => [latchkey.state.status, types()]).toEqual(['signed-in', []])
  })

  test('the last minute is announced once, with the seconds that are left', async () => {
    const { clock, signedIn } = idling()
    const { events } = await signedIn()
    clock.now += 4 * MINUTE + 20_000
    await seen()
    await seen()
    await expect.poll(() => events).toEqual([{ type: 'going-idle', secondsLeft: 40 }])
  })

  test('a request in the last minute takes it back', async () => {
    const { clock, signedIn } = idling()
    const { latchkey, types } = await signedIn()
    clock.now += 4 * MINUTE + 20_000
    await seen()
    await latchkey.fetch(ME)
    clock.now += MINUTE
    await seen()
    await expect.poll(() => [latchkey.state.status, types()]).toEqual(['signed-in', ['going-idle', 'active']])
  })

  test('a request that carries no credential is none', async () => {
    const { clock, signedIn } = idling()
    const { latchkey } = await signedIn()
    clock.now += 3 * MINUTE
    await latchkey.fetch('https://elsewhere.example.com/')
    clock.now += 3 * MINUTE
    await seen()
    await expect.poll(() => latchkey.state.reason).toBe('idle')
  })

  test('the first request after a sleep does not go out: it is over, here and in the store', async () => {
    const { clock, server, open, signedIn } = idling()
    const { latchkey, types } = await signedIn()
    clock.now += 60 * MINUTE
    expect(await codeOf(latchkey.fetch(ME))).toBe('ERR_SIGNED_OUT')
    await expect
      .poll(() => [latchkey.state.reason, types(), server.seen])
      .toEqual(['idle', ['signed-out'], []])
    expect((await open()).latchkey.state.status).toBe('signed-out')
  })

  test('a start after too long is a signed-out one that says why', async () => {
    const { clock, open, signedIn } = idling()
    const { latchkey } = await signedIn()
    latchkey.dispose()
    clock.now += 6 * MINUTE
    const { state } = (await open()).latchkey
    await expect.poll(() => [state.status, state.reason]).toEqual(['signed-out', 'idle'])
  })

  test('a start in time goes on with the time that is left, and is no activity itself', async () => {
    const { clock, open, signedIn } = idling()
    const { latchkey } = await signedIn()
    latchkey.dispose()
    clock.now += 4 * MINUTE
    const again = await open()
    await expect.poll(() => again.latchkey.state.status).toBe('signed-in')
    clock.now += 2 * MINUTE
    await seen()
    await expect.poll(() => again.latchkey.state.reason).toBe('idle')
  })

  test('activity in another tab counts, and takes the warning back there, too', async () => {
    const { clock, open, signedIn } = idling()
    const idle = await signedIn()
    const active = await open()
    clock.now += 4 * MINUTE + 20_000
    await seen()
    await active.latchkey.fetch(ME)
    await sleep(100)
    await expect.poll(() => idle.types()).toEqual(['going-idle', 'active'])
    clock.now += 2 * MINUTE
    await seen()
    await expect.poll(() => idle.latchkey.state.status).toBe('signed-in')
  })

  test('it ends in all tabs, for the same reason', async () => {
    const { clock, open, signedIn } = idling()
    const [one, other] = [await signedIn(), await open()]
    clock.now += 6 * MINUTE
    await seen()
    await expect
      .poll(() => [one.latchkey.state.reason, other.latchkey.state.reason])
      .toEqual(['idle', 'idle'])
  })

  test('a clock that is set back does not stretch it', async () => {
    const { clock, signedIn } = idling()
    const { latchkey } = await signedIn()
    clock.now -= 60 * MINUTE
    await seen()
    clock.now += 6 * MINUTE
    await seen()
    await expect.poll(() => latchkey.state.reason).toBe('idle')
  })

  test('a short one is announced when half of it is left', async () => {
    const { clock, signedIn } = idling({ idleTimeoutSeconds: 20 })
    const { events } = await signedIn()
    clock.now += 9000
    await seen()
    await expect.poll(() => events).toEqual([])
    clock.now += 3000
    await seen()
    await expect.poll(() => events).toEqual([{ type: 'going-idle', secondsLeft: 8 }])
  })

  test('it ends by itself, where nothing is asked and nobody looks', async () => {
    const { open } = oneKey({ idleTimeoutSeconds: 0.4, refresh: undefined, now: Date.now })
    const { latchkey, types } = await open()
    await latchkey.set({ access_token: 'header.e30.' })
    await sleep(1200)
    await expect.poll(() => latchkey.state.reason).toBe('idle')
    await expect.poll(() => types()).toEqual(['initial', 'signed-in', 'going-idle', 'signed-out'])
  })

  test('without IndexedDB it counts what this tab knows', async () => {
    const { clock, signedIn } = idling({ indexedDB: { open: undefined } as never })
    const { latchkey } = await signedIn()
    clock.now += 4 * MINUTE
    await latchkey.fetch(ME)
    clock.now += 4 * MINUTE
    expect(await codeOf(latchkey.fetch(ME))).toBe('fulfilled')
    clock.now += 6 * MINUTE
    expect(await codeOf(latchkey.fetch(ME))).toBe('ERR_SIGNED_OUT')
  })

  test('of a token in IndexedDB it is the same', async () => {
    const { clock, signedIn } = idling({ strategy: tokenStrategy(), storageTimeoutSeconds: 2 })
    const { latchkey } = await signedIn()
    clock.now += 6 * MINUTE
    expect(await codeOf(latchkey.fetch(`${API}/me`))).toBe('ERR_SIGNED_OUT')
  })

  test('a sign-in after the warning and the end is no word of being active again', async () => {
    const { clock, signedIn } = idling()
    const { latchkey, types } = await signedIn()
    clock.now += 4 * MINUTE + 20_000
    await seen()
    await expect.poll(types).toEqual(['going-idle'])
    await latchkey.clear()
    await latchkey.set({ access_token: 'header.e30.', expires_in: 86_400 })
    await expect.poll(types).toEqual(['going-idle', 'signed-out', 'signed-in'])
  })
})
