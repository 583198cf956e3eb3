import { expect, onTestFinished, test } from 'vitest'
import { cookieStrategy, sessionStrategy } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { dropCookie, shownCookie, writeCookie } from '../fixtures.js'
import { grant, ME, oneKey } from '../tabs-fixtures.js'

/** What a server's login writes, for as long as the test runs. */
function serverWrites(name: string, value: string): void {
  writeCookie(`${name}=${value}; Path=/`)
  onTestFinished(() => dropCookie(name))
}

/** Ann is signed in, with a refresh token that script keeps, when the server signs Bob in. */
async function takenOver(writeBobs: (name: string) => void) {
  const asked: unknown[] = []
  const { name, open } = oneKey({
    refresh: async ({ credential: { access_token, refresh_token } }) => {
      asked.push([access_token, refresh_token])
      return refresh_token ? grant(asked.length, 'ann') : undefined
    },
  })
  const subjectCookie = `${name}-uid`
  serverWrites(subjectCookie, 'ann')
  const { latchkey } = await open({ strategy: cookieStrategy({ name, subjectCookie }) })
  await latchkey.set(grant(0, 'ann'))
  writeBobs(name)
  serverWrites(subjectCookie, 'bob')
  expect(await codeOf(latchkey.fetch(ME))).toBe('ERR_SIGNED_OUT')
  expect(latchkey.state.subject).toBe('bob')
  await codeOf(latchkey.refresh())
  return { asked, cookie: shownCookie(name)?.slice(name.length + 1) }
}

test('another user’s cookie is never renewed with the first one’s refresh token', async () => {
  const { asked, cookie } = await takenOver((name) => serverWrites(name, 'at-bob'))
  expect([asked, cookie]).toEqual([[['at-bob', undefined]], 'at-bob'])
})

test('a cookie that script can’t see isn’t either', async () => {
  const { asked, cookie } = await takenOver((name) => dropCookie(name))
  expect(asked.flat()).not.toContain('rt-0')
  expect(cookie).toBeUndefined()
})

test('after a sign-out the next user’s sign-in is one, and no change of user', async () => {
  const { name, open } = oneKey({ refresh: undefined })
  const strategy = sessionStrategy({ subjectCookie: `${name}-uid` }) as never
  serverWrites(`${name}-uid`, 'ann')
  const { latchkey, events } = await open({ strategy })
  await latchkey.set({} as never)
  await latchkey.clear()
  serverWrites(`${name}-uid`, 'bob')
  events.length = 0
  await latchkey.set({} as never)
  await expect.poll(() => events).toEqual([{ type: 'signed-in', by: 'this-tab' }])
  expect(latchkey.state.subject).toBe('bob')
})
