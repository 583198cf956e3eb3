import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { type Asked, type Place, pageAt, sitesIn } from './sites.js'

// Without a Path it is sent to this test's own corner alone.
const LAX = 'sid=the-session; HttpOnly; SameSite=Lax'
const NONE = 'sid=the-session; HttpOnly; SameSite=None; Secure'

const engines = usableEngines()

describe.each(engines)('in a page of another site, in %s,', (engine) => {
  const { place, open } = sitesIn(engine)
  const third = () => place('127.0.0.1', 1)
  // WebKit takes no `Secure` cookie over http, not even on this device, and `SameSite=None` without it.
  const noneHere = engine === 'webkit' ? NONE.replace('; Secure', '') : NONE
  // To `localhost`, `127.0.0.1` is a third party.
  const framed = async (there: Place) => {
    const page = await open(place('localhost', 0))
    return { page, frame: await page.embed(pageAt(there)) }
  }
  const firstParty = async (there: Place, line: string) => {
    const page = await open(there)
    await page.login(line)
    // Storage access is for sites that the user knows.
    await page.click('body')
    return page
  }
  const outcome = async ({ status, diagnose }: Asked, { at }: Place) => [
    await status(at('session')),
    ...(await diagnose(at('session'))).map(({ code }) => code),
  ]

  test('a cookie that is held back is diagnosed as that, with the attributes it lacks', async () => {
    const there = third()
    await firstParty(there, LAX)
    const { frame } = await framed(there)
    await frame.login()
    expect(await frame.status(there.at('session'))).toBe(401)
    const findings = await frame.diagnose(there.at('session'))
    const blocks = engine === 'webkit' ? 'cookie-cross-site' : 'storage-access'
    expect(findings).toEqual([{ code: blocks, message: expect.stringContaining('"SameSite=None; Secure') }])
    expect(findings[0]?.message).toContain('Partitioned')
  })

  test('with the attributes that the finding names, it is sent', async () => {
    const there = third()
    // In a frame of a third party WebKit keeps what it has, and takes nothing new.
    if (engine === 'webkit') await firstParty(there, noneHere)
    const { frame } = await framed(there)
    await frame.login(`${NONE}; Partitioned`)
    expect(await outcome(frame, there)).toEqual([200])
  })

  test('requestStorageAccess() opens the way to SameSite=None, and a Lax cookie is then told that it lacks that', async () => {
    const there = third()
    const user = await firstParty(there, LAX)
    const { page, frame } = await framed(there)
    await frame.login()
    if (engine !== 'webkit') expect(await outcome(frame, there)).toEqual([401, 'storage-access'])
    // Where a user would be asked, this one says yes.
    const permission = { permission: { name: 'storage-access' }, setting: 'granted' }
    if (engine === 'chromium') await page.devtools('Browser.setPermission', permission)
    await page.click('iframe')
    await expect.poll(frame.access, { timeout: 20_000 }).toBe('granted')
    expect(await outcome(frame, there)).toEqual([401, 'cookie-cross-site'])
    await user.login(noneHere)
    expect(await outcome(frame, there)).toEqual([200])
  })

  test('a sandboxed frame has no cookies, and is told which word its sandbox lacks', async () => {
    const there = place('localhost', 0)
    const page = await open(there)
    await page.login('sid=the-session; HttpOnly')
    expect(await outcome(page, there)).toEqual([200])
    // In a sandbox 'self' is nobody's origin.
    const frame = await page.embed(pageAt(there, [there]), 'allow-scripts')
    const findings = await frame.diagnose(there.at('session'))
    expect(findings).toEqual([
      { code: 'storage-access', message: expect.stringContaining('allow-same-origin') },
    ])
  })
})
