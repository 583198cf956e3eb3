import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, usableEngines } from '../harness/browsers.js'
import { faultsIn } from './accessible.js'
import { type Demo, startDemo } from './demo-process.js'
import { screenshot } from './screenshot.js'
import { type StoryPage, storyPage } from './story-page.js'

const BY_BROWSER = ['session', 'cookie']

/** What each way's cell says: the same in all, but for those that are named. */
function inAll(ways: readonly string[], text: string, but: Record<string, string> = {}) {
  return Object.fromEntries(ways.map((way) => [way, but[way] ?? text]))
}

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

describe.each(usableEngines())('the story side by side in %s', (engine) => {
  let browser: Browser
  let story: StoryPage
  beforeAll(async () => {
    browser = await openBrowser(engine)
    story = await storyPage(await browser.open(demo.url), demo)
  })
  afterAll(() => browser?.close())

  test('it runs by itself in every way, over a real reload, and says what came of each step', async () => {
    await story.run()
    const { ways } = story
    const rows = await story.rows()
    const navigation = await story.page.evaluate("performance.getEntriesByType('navigation')[0].type")
    expect(navigation).toBe('reload')
    expect(rows).toEqual({
      signIn: inAll(ways, 'Signed in'),
      call: inAll(ways, 'Sent by latchkey', inAll(BY_BROWSER, 'Sent by the browser')),
      reload: inAll(ways, 'Still signed in'),
      secondTab: inAll(ways, 'Not run yet'),
      expiry: inAll(ways, 'Refreshed, sent again', { session: 'Over: sign in again' }),
      refresh: inAll(ways, 'New token', { session: 'Has no refresh token' }),
      tamper: inAll(ways, 'Refused, then repaired', { session: 'Out of script’s reach', cookie: 'Refused' }),
      foreign: inAll(ways, 'Nothing of ours left'),
      signOut: inAll(ways, 'Ended on both sides', { cookie: 'Ended here alone' }),
    })
    await story.page.screenshot(screenshot(`side-by-side-${engine}.png`))
  })

  test('axe-core finds no fault in what it has drawn', async () => {
    expect(await faultsIn(story.page)).toEqual([])
  })

  test('a session’s call: the browser adds the cookie, and the server looks up the session', async () => {
    const messages = await story.open('call', 'session')
    const [carried] = messages.filter(({ to }) => to === 'server')
    expect(carried).toMatchObject({ from: 'browser' })
    expect(carried?.lines.join('\n')).toMatch(/^cookie: .*latchkey_demo_sid=\S+…/im)
    expect(story.linesFrom(messages, 'latchkey').join('\n')).not.toMatch(/^(authorization|cookie):/im)
    const [lookedUp] = messages.filter(({ to }) => to === 'store')
    expect(lookedUp).toMatchObject({
      from: 'server',
      text: expect.stringContaining('looks up the session in'),
    })
    expect(messages.at(-1)).toMatchObject({ from: 'latchkey', to: 'code', text: 'returns 200' })
  })

  test('a JWT’s call: latchkey adds Authorization, and the server checks the signature and looks up the deny-list alone', async () => {
    const messages = await story.open('call', 'jwt-local')
    expect(story.linesFrom(messages, 'latchkey').join('\n')).toMatch(/^authorization: Bearer eyJ\S*…\S+$/im)
    expect(story.linesFrom(messages, 'browser').join('\n')).not.toMatch(/^authorization:/im)
    const checked = messages.filter(
      ({ text }) => text === 'checks the signature (and looks up nothing for it)',
    )
    expect(checked).toEqual([expect.objectContaining({ from: 'server', to: 'server' })])
    const lookedUp = messages.filter(({ to }) => to === 'store').map(({ text }) => text)
    expect(lookedUp).toEqual([expect.stringMatching(/^looks up the deny-list in memory/)])
  })

  test('an expiry: 401, a refresh by latchkey, and the same request once more', async () => {
    const messages = await story.open('expiry', 'token')
    const sent = messages.filter(({ from, to }) => from === 'latchkey' && to === 'browser')
    expect(sent.map(({ lines }) => lines[0])).toEqual([
      'GET /api/token/echo',
      'POST /api/token',
      'GET /api/token/echo',
    ])
    const answered = messages.filter(({ from, to }) => from === 'server' && to === 'latchkey')
    expect(answered.map(({ text }) => text)).toEqual(['answers 401', 'answers 200', 'answers 200'])
    expect(story.linesFrom(messages, 'latchkey')).toContain('refreshed')
  })

  test('the server’s log says the same, and that a foreign origin’s steps never came to it', async () => {
    const entries = await story.log()
    const lines = entries.map(
      ({ kind, line, status }) => `${kind} ${line.replace(/[? ]access.*| HTTP.*/, '')} ${status}`,
    )
    const of = (kind: string) => lines.filter((line) => line.startsWith(`${kind} `))
    expect(of('session')).toContain('session POST /api/session/login 200')
    expect(of('session').slice(-1)).toEqual(['session POST /api/session/logout 200'])
    // Each of those that are refreshed: after its end, because the code asks, and after the tampering.
    const refreshable = story.ways.filter((way) => way !== 'session')
    expect(of('oauth').filter((line) => line.endsWith('200'))).toHaveLength(refreshable.length * 3 - 1)
    expect(lines.join('\n')).not.toContain('collect')
  })

  test('a second tab finds what the browser keeps, and not what the first tab keeps for itself', async () => {
    await story.page.click('#matrix a.step')
    await story.finished('secondTab')
    const { secondTab } = await story.rows()
    expect(secondTab).toEqual(inAll(story.ways, 'Signed in there, too', { 'jwt-session': 'This tab alone' }))
  })

  test('a step alone signs in first where it has to, and what is known outlives a reload', async () => {
    await story.page.click('#forget-story')
    expect((await story.rows()).call).toEqual(inAll(story.ways, 'Not run yet'))
    await story.play('signOut')
    await story.play('call')
    const before = await story.rows()
    expect(before.signIn).toEqual(inAll(story.ways, 'Signed in'))
    await story.page.reload()
    await story.settled()
    expect(await story.rows()).toEqual(before)
    expect(await story.problems()).toBe('')
  })
})
