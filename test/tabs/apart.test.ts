import { describe, expect, test } from 'vitest'
import { asking, refreshing } from './asked.js'
import { refreshes } from './calls.js'
import { type PageOptions, type Scene, scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const scene = scenesIn('chromium')
const strategies = ['jwt-local', 'token', 'cookie'] as const
const soonMs = 1000

const csrf = { cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' }

/** An app below a path of its own, with its own API. */
const appAt = ({ oidc }: Scene, path: string): PageOptions => ({
  path: `${path}/page`,
  options: { allowedOrigins: [`${oidc.origin}${path}/api`] },
})

const cookieAt = (path: string): PageOptions => ({ strategyOptions: { path, csrf } })

const named = (name: string): PageOptions => ({ options: { name } })

const types = async (tab: Tab) => (await tab.events()).map(({ type }) => type)

/** One refresh is never answered: the other's is not behind it. */
async function hangsAlone({ oidc }: Scene, hanging: Tab, other: Tab): Promise<void> {
  oidc.set({ fault: 'hang', times: 1 })
  await hanging.begin(refreshing)
  await refreshes(oidc, 1)
  const { outcome, ms } = await other.evaluate<{ outcome: string; ms: number }>(refreshing)
  expect(outcome).toBe('signed-in')
  expect(ms).toBeLessThan(soonMs)
}

/** A sign-out of the first is none of the others, which are open already or come later. */
async function endsAlone(first: Tab, others: Tab[], reopen: () => Promise<Tab>): Promise<void> {
  for (const tab of others) await tab.waitFor("events.at(-1).type === 'refreshed'")
  const before = await Promise.all(others.map(types))
  await first.evaluate('latchkey.clear()')
  for (const tab of [...others, await reopen()])
    expect(await tab.state()).toMatchObject({ status: 'signed-in' })
  expect(await Promise.all(others.map(types))).toEqual(before)
}

describe('two apps below two paths of one origin', () => {
  test.each(strategies)('share nothing, with %s', async (strategy) => {
    const at = await scene({ strategy })
    const [one, two] = ['/one', '/two'].map((path) => ({ ...appAt(at, path), ...cookieAt(path) }))
    const [first, second] = [await at.signedIn('user-1', one), await at.signedIn('user-2', two)]
    const also = await at.open(two)
    expect([(await first.ask('/one/api/1')).sub, (await second.ask('/two/api/1')).sub]).toEqual([
      'user-1',
      'user-2',
    ])
    // The browser itself sends a cookie there: the other's.
    await first.ask('/two/api/1')
    expect(at.oidc.apiCalls.at(-1)?.sub).toBe(strategy === 'cookie' ? 'user-2' : undefined)
    await hangsAlone(at, first, second)
    await endsAlone(first, [second, also], () => at.open(two))
    expect((await also.ask('/two/api/1')).sub).toBe('user-2')
    expect((await (await at.open(one)).state()).status).toBe('signed-out')
  })

  test('have each its own CSRF token', async () => {
    const at = await scene({ strategy: 'cookie' })
    for (const path of ['/one', '/two']) {
      const tab = await at.signedIn(path, { ...appAt(at, path), ...cookieAt(path) })
      await tab.evaluate(`void (document.cookie = 'XSRF-TOKEN=of${path.slice(1)}; path=${path}')`)
      await tab.evaluate(`latchkey.fetch('${path}/api/1', { method: 'POST' }).then(({ status }) => status)`)
    }
    expect(at.oidc.apiCalls.map(({ sub, csrf }) => [sub, csrf])).toEqual([
      ['/one', 'ofone'],
      ['/two', 'oftwo'],
    ])
  })
})

describe('two names at one origin', () => {
  test.each(['jwt-local', 'token'] as const)('share nothing, with %s', async (strategy) => {
    const at = await scene({ strategy })
    const [first, second] = [
      await at.signedIn('user-1', named('tenant-1')),
      await at.signedIn('user-2', named('tenant-2')),
    ]
    const also = await at.open(named('tenant-2'))
    expect([(await first.ask()).sub, (await second.ask()).sub]).toEqual(['user-1', 'user-2'])
    await hangsAlone(at, first, second)
    await endsAlone(first, [second, also], () => at.open(named('tenant-2')))
    expect((await also.ask()).sub).toBe('user-2')
    expect((await (await at.open(named('tenant-1'))).state()).status).toBe('signed-out')
  })
})

describe('two ports of one host', () => {
  test.each(['jwt-local'] as const)('share nothing, with %s', async (strategy) => {
    const [one, two] = [await scene({ strategy }), await scene({ strategy })]
    const [first, stranger] = [await one.signedIn(), await two.open()]
    expect((await stranger.state()).status).toBe('signed-out')
    await first.evaluate(asking(`${two.oidc.origin}/api/1`))
    expect(two.oidc.apiCalls.map(({ token }) => token)).toEqual([undefined])
    await stranger.evaluate("signIn('user-2')")
    await hangsAlone(one, first, stranger)
    await endsAlone(first, [stranger], two.open)
    expect((await stranger.ask()).sub).toBe('user-2')
  })
})
