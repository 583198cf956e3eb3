import { vi } from 'vitest'
import type { LatchkeyOptions } from '../../../src/index.js'
import { type FakeStore, fakeStore } from '../../shared/fixtures/faults.js'
import { ME, world } from '../../shared/fixtures/instance.js'

const START = 1_700_000_000_000
export const HOUR = 3_600_000

/**
 * A server that knows the time, and a device whose clock is wrong by `offset`. The tokens of the server say when
 * they end; it notes which ones came too late, and when it was asked for new ones.
 */
export function twoClocks(life: number, offset = 0) {
  const time = { server: START, steady: 0, offset }
  const late: number[] = []
  const refreshedAt: number[] = []
  vi.spyOn(performance, 'now').mockImplementation(() => time.steady)
  const grant = () => ({
    access_token: `until-${time.server + life * 1000}`,
    refresh_token: 'rt',
    expires_in: life,
  })
  const options: Partial<LatchkeyOptions> = {
    now: () => time.server + time.offset,
    refresh: async () => {
      refreshedAt.push((time.server - START) / 1000)
      return grant()
    },
    fetch: async ({ headers }) => {
      const until = Number(headers.get('authorization')?.split('-')[1])
      if (!(time.server < until)) late.push(time.server - until)
      return new Response()
    },
  }
  return {
    ...{ time, late, refreshedAt, grant, options },
    pass(ms: number) {
      time.server += ms
      time.steady += ms
    },
    /** `performance.now()` may stand still meanwhile, the clock does not. */
    sleep(ms: number) {
      time.server += ms
    },
    /** How many refreshes followed the one before within 5 seconds. */
    hasty: () => refreshedAt.filter((at, i) => at - (refreshedAt[i - 1] ?? -5) < 5).length,
  }
}

/** Signed in there. A reload is another call with the same store and clocks. */
export async function open(clocks: ReturnType<typeof twoClocks>, store: FakeStore = fakeStore(), more = {}) {
  const { latchkey } = world({ ...clocks.options, ...more }, store)
  if (store.values.size === 0) await latchkey.set(clocks.grant())
  return { latchkey, store, ask: () => latchkey.fetch(ME) }
}
