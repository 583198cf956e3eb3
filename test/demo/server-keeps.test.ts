import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, type Page, usableEngines } from '../harness/browsers.js'
import { faultsIn } from './accessible.js'
import { ask, json } from './client.js'
import { type Demo, startDemo } from './demo-process.js'
import { type KeepsPage, keepsPage, section, type Table } from './keeps-page.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

/** How many rows the server itself says it keeps for that name. */
async function kept(name: string): Promise<Record<Table, number>> {
  const { body } = await ask(`${demo.url}/api/lab/kept`)
  const count = (table: Table) =>
    Object(body)[table].filter((row: { name: string }) => row.name === name).length
  return {
    sessions: count('sessions'),
    tokenHashes: count('tokenHashes'),
    signIns: count('signIns'),
    refreshTokens: count('refreshTokens'),
    denied: count('denied'),
  }
}

const nothing = { sessions: 0, tokenHashes: 0, signIns: 0, refreshTokens: 0, denied: 0 }

describe.each(usableEngines())('what the server keeps, in %s,', (engine) => {
  let browser: Browser
  let page: Page
  let shown: KeepsPage
  beforeAll(async () => {
    browser = await openBrowser(engine)
    page = await browser.open(`${demo.url}/#server-keeps`)
    shown = keepsPage(page)
    await shown.opened()
  })
  afterAll(() => browser?.close())

  test('is said to be in memory, where no Redis is', async () => {
    expect(await shown.texts('.keeps-where')).toEqual([expect.stringContaining('memory of one process')])
  })

  test('of a session is a row, which is looked up and written at every call until the sign-out', async () => {
    const name = `${engine} session`
    await shown.signIn('session', name)
    expect(await kept(name)).toEqual({ ...nothing, sessions: 1 })
    expect(await shown.rows('sessions', name)).toEqual([expect.stringMatching(/… new/)])
    expect(await shown.press('session', 'call')).toContain(`The server knows you as ${name}`)
    expect(await shown.did()).toEqual([
      'Looked up the session in memory: found',
      'Kept the session in memory',
    ])
    expect(await shown.press('session', 'signOut')).toContain('Signed out')
    expect(await kept(name)).toEqual(nothing)
    expect(await shown.rows('sessions', name)).toEqual([])
    expect(await shown.press('session', 'call')).toContain('The server refused: 401')
  })

  test('of an opaque token is a hash, which is looked up at every call until the sign-out', async () => {
    const name = `${engine} token`
    await shown.signIn('token', name)
    expect(await kept(name)).toEqual({ ...nothing, tokenHashes: 1, signIns: 1, refreshTokens: 1 })
    expect(await shown.rows('tokenHashes', name)).toHaveLength(1)
    await shown.press('token', 'call')
    expect(await shown.did()).toEqual([
      'Looked up the token’s hash in memory: found',
      'Looked up the sign-in in memory: found',
    ])
    await shown.press('token', 'signOut')
    expect(await kept(name)).toEqual({ ...nothing, refreshTokens: 1 })
    expect(await shown.rows('refreshTokens', name)).toEqual([expect.stringContaining('signed out')])
    expect(await shown.press('token', 'useCopy')).toContain('The copy is worth nothing')
  })

  test('of a JWT is nothing: its copy is good after the sign-out as well', async () => {
    const name = `${engine} JWT`
    await shown.signIn('bare-jwt', name)
    expect(await kept(name)).toEqual({ ...nothing, signIns: 1, refreshTokens: 1 })
    await shown.press('bare-jwt', 'call')
    expect(await shown.did()).toEqual(['Checked the signature in the request itself'])
    await shown.press('bare-jwt', 'signOut')
    expect(await shown.press('bare-jwt', 'useCopy')).toContain('The copy works')
    expect(await kept(name)).toEqual({ ...nothing, refreshTokens: 1 })
  })

  test('of a JWT with a deny-list is a row from the sign-out on, by which its copy is refused', async () => {
    const name = `${engine} denied`
    await shown.signIn('jwt', name)
    expect(await kept(name)).toEqual({ ...nothing, refreshTokens: 1 })
    expect(await shown.press('jwt', 'useCopy')).toContain('The copy works')
    await shown.press('jwt', 'signOut')
    expect(await kept(name)).toEqual({ ...nothing, refreshTokens: 1, denied: 1 })
    expect(await shown.rows('denied', name)).toHaveLength(1)
    expect(await shown.press('jwt', 'useCopy')).toContain('The copy is worth nothing')
    expect(await shown.did()).toEqual([
      'Checked the signature in the request itself',
      'Looked up the deny-list in memory: found',
    ])
  })

  test('shows by itself when somebody else signs in, and no more of it than a glimpse', async () => {
    const name = `${engine} elsewhere`
    const { body } = await ask(`${demo.url}/api/token/login`, json({ name }))
    await page.waitFor(`${section}.querySelector('[data-table=tokenHashes]').textContent.includes('${name}')`)
    expect(await page.evaluate('document.body.textContent')).not.toContain(String(body.access_token))
  })

  test('is asked for now and then while the section is shown, and not while another one is', async () => {
    const other = await browser.open(`${demo.url}/#limits`)
    // The page's clock is in the test's hand, and what it fetches is counted.
    await other.evaluate(`(() => {
      const [asked, ticks] = [fetch, []]
      window.fetch = (...args) => (window.counted++, asked(...args))
      window.setInterval = (tick) => ticks.push(tick)
      window.countedAtTick = () => {
        window.counted = 0
        for (const tick of ticks) tick()
        return window.counted
      }
    })()`)
    await other.evaluate("location.hash = '#server-keeps'")
    await other.waitFor(`${section}.querySelector('table') !== null`)
    expect(await other.evaluate('countedAtTick()')).toBe(1)
    await other.evaluate("location.hash = '#limits'")
    await other.waitFor(`${section}.hidden`)
    expect(await other.evaluate('countedAtTick()')).toBe(0)
    await other.close()
  })

  test('is left also by who is refused the sign-out: after it nothing is sent any more', async () => {
    const other = await browser.open(`${demo.url}/#limits`)
    // As if somebody else had signed out with the same token.
    await other.evaluate(`(() => {
      const asked = fetch
      window.fetch = (...args) => {
        const request = new Request(...args)
        window.sent = request.headers.get('Authorization') ?? window.sent
        return asked(request)
      }
    })()`)
    await other.evaluate("location.hash = '#server-keeps'")
    const there = keepsPage(other)
    await there.opened()
    await there.signIn('token', `${engine} left`)
    await there.press('token', 'call')
    await other.evaluate(
      "fetch('/api/token/logout', { method: 'POST', headers: { Authorization: window.sent } }).then(() => 1)",
    )
    expect(await there.press('token', 'signOut')).toContain('The server refused: 401')
    expect(await there.press('token', 'call')).toContain('The request carried no credential')
    await other.close()
  })

  test('nothing went wrong unseen', async () => {
    expect(await page.evaluate("document.querySelector('#problems').textContent")).toBe('')
    expect(await faultsIn(page)).toEqual([])
  })
})
