import { describe, expect, test } from 'vitest'
import { refreshes } from './calls.js'
import { afterEndMs } from './refreshing.js'
import { type PageOptions, type Scene, scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const subjectCookie = 'uid'

const strategies: Record<string, PageOptions> = {
  'jwt-local': { strategy: 'jwt-local' },
  token: { strategy: 'token' },
  cookie: { strategy: 'cookie', strategyOptions: { subjectCookie } },
  session: { strategy: 'session', strategyOptions: { subjectCookie } },
}

/** An expression for a page: each `call` says in its path whom the page took for signed in: 1, 2, or 0 for nobody. */
const tagging = `(() => {
  const users = { 'signed-in': 2, 'user-changed': 2, 'signed-out': 0 }
  globalThis.user = 1
  latchkey.subscribe((_, { type }) => { user = users[type] ?? user })
  globalThis.call = (name) => latchkey.fetch('/api/' + name + '?user=' + user).then(
    ({ status }) => String(status),
    ({ code, name }) => code ?? name,
  )
})()`

/** Whose credentials the calls for this user came with, if with any. */
function sentFor(user: 1 | 2, { oidc }: Scene): (string | undefined)[] {
  const calls = oidc.apiCalls.filter(({ path, sub }) => sub && path.endsWith(`?user=${user}`))
  return [...new Set(calls.map(({ sub }) => sub))]
}

const isSentByBrowser = (name: string) => ['cookie', 'session'].includes(name)

async function tabs({ signedIn, open }: Scene): Promise<[Tab, Tab]> {
  const tab = await signedIn()
  await tab.evaluate(tagging)
  return [tab, await open()]
}

const allTheTime = `(async () => {
  while (!('isOver' in globalThis)) {
    call('1')
    await new Promise((go) => setTimeout(go, 5))
  }
})()`

const asUser2 = "latchkey.clear().then(() => signIn('user-2'))"

describe.each(Object.keys(strategies))('with %s, when another user signs in in another tab,', (name) => {
  const scene = scenesIn('chromium')

  test('a tab that asks all the time asks as one at a time, and as whom it knows', async () => {
    const at = await scene(strategies[name])
    const [tab, other] = await tabs(at)
    await tab.begin(allTheTime)
    await expect.poll(() => at.oidc.apiCalls.length).toBeGreaterThan(10)
    await other.evaluate(asUser2)
    await expect.poll(() => sentFor(2, at)).toContain('user-2')
    await tab.evaluate('void (globalThis.isOver = true)')
    expect(sentFor(2, at)).toEqual(['user-2'])
    // A browser takes its cookies when the request leaves the page's process, some ms after script could look.
    const late = at.oidc.apiCalls.filter(({ path, sub }) => path.endsWith('?user=1') && sub === 'user-2')
    expect(late.length).toBeLessThanOrEqual(isSentByBrowser(name) ? 2 : 0)
  })

  test('calls that wait for a refresh reject, and none of them leaves', async () => {
    const at = await scene(strategies[name])
    const [tab, other] = await tabs(at)
    at.oidc.set({ delayMs: 600 })
    await tab.jump(afterEndMs)
    await tab.begin("Promise.all([call('1'), call('2'), call('3')])")
    await refreshes(at.oidc, 1)
    await other.evaluate(asUser2)
    expect(await tab.outcome()).toEqual(Array(3).fill('ERR_SIGNED_OUT'))
    await expect.poll(() => at.oidc.refreshCalls[0]?.status, { timeout: 5000 }).toBe(200)
    expect(at.oidc.apiCalls).toEqual([])
    expect(['user-changed', 'signed-in']).toContain((await tab.events()).at(-1)?.type)
  })

  test('the first call of a tab that was frozen meanwhile is not sent as that one', async () => {
    const at = await scene(strategies[name])
    const [tab, other] = await tabs(at)
    await tab.evaluate(
      "void document.addEventListener('resume', () => { globalThis.begun = call('first') }, true)",
    )
    await tab.freeze()
    await other.evaluate(asUser2)
    await tab.resume()
    await tab.waitFor('globalThis.begun')
    await tab.outcome()
    expect(sentFor(1, at)).not.toContain('user-2')
    await tab.waitFor("events.some(({ type }) => type === 'user-changed')")
    expect((await tab.ask()).sub).toBe('user-2')
  })
})
