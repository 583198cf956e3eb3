import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, usableEngines } from '../harness/browsers.js'
import { isUsable } from '../servers/web/runtimes.js'
import { attackPage } from './attack-page.js'
import { ask, json } from './client.js'
import { type Demo, startDemo } from './demo-process.js'
import { keepsPage } from './keeps-page.js'
import { storyPage } from './story-page.js'

interface Entry {
  readonly number: number
  readonly server: string
  readonly line: string
}

interface Log {
  readonly last: number
  readonly entries: readonly Entry[]
}

const isSorted = (numbers: readonly number[]) =>
  numbers.every((one, index) => index === 0 || one > (numbers[index - 1] ?? 0))

describe.runIf(isUsable('redis-server'))('the log of a farm', () => {
  let farm: Demo
  beforeAll(async () => {
    farm = await startDemo({}, 'farm')
  })
  afterAll(() => farm?.stop())

  const log = async (after?: number) =>
    (await ask(`${farm.url}/api/lab/log?after=${after ?? 999_999_999}`)).body as unknown as Log
  const call = (count: number) =>
    Promise.all(Array.from({ length: count }, () => ask(`${farm.url}/api/token/echo`)))

  test('has what both servers were asked, each entry once and under a number of its own', async () => {
    const { last } = await log()
    await call(6)
    // Who looks at the same time sees the same.
    const [one, other] = await Promise.all([log(last), log(last)])
    expect(one).toEqual(other)
    expect(one.entries.map(({ server }) => server).sort()).toEqual(['A', 'A', 'A', 'B', 'B', 'B'])
    expect(isSorted(one.entries.map(({ number }) => number))).toBe(true)
    expect(one.last).toBe(one.entries.at(-1)?.number)
    expect((await log(one.last)).entries).toEqual([])
  })

  test('keeps what a server said that is down now, and goes on with the one that is started in its place', async () => {
    const { last } = await log()
    await call(4)
    const before = await log(last)
    await ask(`${farm.url}/api/lab/farm/stop`, json({ name: 'A' }))
    expect(await log(last)).toEqual(before)
    await ask(`${farm.url}/api/lab/farm/start`, json({ name: 'A' }))
    await call(4)
    const { entries } = await log(before.last)
    expect(entries.map(({ server }) => server).sort()).toEqual(['A', 'A', 'B', 'B'])
    expect(isSorted(entries.map(({ number }) => number))).toBe(true)
  })

  test('asked for from nonsense on is refused', async () => {
    expect(await ask(`${farm.url}/api/lab/log?after=x`)).toMatchObject({
      status: 400,
      body: { error: 'invalid_input' },
    })
  })

  describe.each(usableEngines())('in %s', (engine) => {
    let browser: Browser
    beforeAll(async () => {
      browser = await openBrowser(engine)
    })
    afterAll(() => browser?.close())

    test('lets the story tell that what was tampered with was refused', async () => {
      const story = await storyPage(await browser.open(farm.url), farm)
      await story.play('tamper')
      const { tamper = {} } = await story.rows()
      expect(Object.values(tamper)).not.toContain('Accepted!')
      expect(tamper['jwt-local']).toBe('Refused, then repaired')
      expect(await story.problems()).toBe('')
      await story.page.close()
    })

    test('lets the section of what the server keeps tell what it looked up', async () => {
      const page = await browser.open(`${farm.url}/#server-keeps`)
      const shown = keepsPage(page)
      await shown.opened()
      await shown.signIn('token', `${engine} farm`)
      await shown.press('token', 'call')
      expect(await shown.did()).toEqual([
        'Looked up the token’s hash in Redis: found',
        'Looked up the sign-in in Redis: found',
      ])
      await page.close()
    })

    test('lets the section of attacks tell what another origin’s page has sent', async () => {
      const page = await browser.open(`${farm.url}/#attacks`)
      const rows = await attackPage(page).takeBait()
      const [form, noCors] = rows['Session cookie'] ?? []
      for (const sent of [form, noCors]) expect(sent?.text).toMatch(/403, refused/)
      await page.close()
    })
  })
})
