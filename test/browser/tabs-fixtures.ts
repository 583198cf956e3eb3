import { onTestFinished } from 'vitest'
import { createLatchkey, jwtStrategy, type LatchkeyOptions } from '../../src/index.js'
import { listen } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { dropCookie, ownName } from './fixtures.js'

const API = 'https://api.example.com'
export const ME = `${API}/me`
export const LIFE = 60

/** A token response of a user's: the how-manieth, and for whom. */
export const grant = (number: number, sub = 'ann') => ({
  access_token: jwtOf({ sub, number }),
  refresh_token: `rt-${number}`,
  expires_in: LIFE,
})

export type Answer = ReturnType<typeof grant> | null | undefined

/** A clock, a token endpoint, an API and a key: instances that share these are to each other what tabs are. */
export function oneKey(more: Partial<LatchkeyOptions> = {}) {
  const [clock, name] = [{ now: 1_700_000_000_000 }, ownName()]
  const server = {
    /** The refresh tokens that were spent, and the numbers of the credentials that reached the API. */
    spent: [] as unknown[],
    seen: [] as (string | null)[],
    answer: async (calls: number): Promise<Answer> => grant(calls),
  }
  const shared: Partial<LatchkeyOptions> = {
    refresh: async ({ credential }) =>
      (await server.answer(server.spent.push(credential.refresh_token))) ?? null,
    fetch: async ({ headers }) => new Response(`${server.seen.push(headers.get('authorization'))}`),
  }
  const seconds = { storageTimeoutSeconds: 0.3, refreshTimeoutSeconds: 2 }
  /** One more tab, that has looked up what is stored. */
  const open = async (own: Partial<LatchkeyOptions> = {}) => {
    const strategy = jwtStrategy({ storage: 'local' })
    const options = { strategy, allowedOrigins: [API], name, now: () => clock.now, ...shared, ...seconds }
    const latchkey = createLatchkey({ ...options, ...more, ...own })
    onTestFinished(() => latchkey.dispose())
    await latchkey.ready()
    return { latchkey, ...listen(latchkey) }
  }
  onTestFinished(() => dropCookie(name))
  return { clock, name, server, open }
}

/** So many tabs, of which the first has signed in before the others were opened. */
export async function openTabs(count: number, more: Partial<LatchkeyOptions> = {}) {
  const made = oneKey(more)
  const first = await made.open()
  await first.latchkey.set(grant(0))
  const tabs = [first]
  while (tabs.length < count) tabs.push(await made.open())
  return { ...made, tabs }
}

/** As on plain http of another host. */
export function withoutLocks(): void {
  Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'locks'))
}
