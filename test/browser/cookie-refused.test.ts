import { afterEach, expect, inject, test } from 'vitest'
import { codeOf } from '../shared/fixtures/events.js'
import { attributes, make, NAME, tidyUp, written } from './cookie-fixtures.js'
import { shownCookie } from './fixtures.js'

afterEach(tidyUp)

test('a secure cookie is kept, or refused with the reason: the two engines that may keep it do', async () => {
  const code = await codeOf(make({ secure: true }).set({ access_token: 'a' }))
  expect(code).toBe(inject('engine') === 'webkit' ? 'ERR_COOKIE_REFUSED' : 'fulfilled')
})

test('a cookie the browser does not keep is ERR_COOKIE_REFUSED, and the one before is still there', async () => {
  await make().set({ access_token: 'before', expires_in: 60 })
  const other = make({ domain: 'example.com' })
  await expect(other.set({ access_token: 'after' })).rejects.toMatchObject({
    name: 'LatchkeyError',
    code: 'ERR_COOKIE_REFUSED',
    strategy: 'cookie',
  })
  expect(shownCookie(NAME)).toBe(`${NAME}=before`)
  const { status, expiresAt } = await make().ready()
  expect([status, typeof expiresAt]).toEqual(['signed-in', 'number'])
})

test('a path the page is not on is refused, too: nobody here could read it', async () => {
  expect(await codeOf(make({ path: '/elsewhere' }).set({ access_token: 'a' }))).toBe('ERR_COOKIE_REFUSED')
})

test('over 4096 bytes encoded it is refused before the browser drops it, and the one before stays', async () => {
  const latchkey = make()
  const room = 4096 - NAME.length
  await latchkey.set({ access_token: 'x'.repeat(room) })
  const kept = shownCookie(NAME)
  expect(kept?.length).toBe(4097)
  for (const access_token of [
    'y'.repeat(room + 1),
    'é'.repeat(room / 6 + 1),
    '%'.repeat(room / 3 + 1),
    'z'.repeat(10_000),
  ]) {
    const lines = await written(() => codeOf(latchkey.set({ access_token })))
    expect(lines).toEqual([])
    await expect(latchkey.set({ access_token })).rejects.toThrow(/^encoded it takes \d+ bytes of 4096: /)
  }
  expect([shownCookie(NAME), latchkey.state.status]).toEqual([kept, 'signed-in'])
})

test('a control character is refused, and the one before stays', async () => {
  const latchkey = make()
  await latchkey.set({ access_token: 'before' })
  for (const character of ['\0', '\t', '\n', '\r', '\x1f', '\x7f']) {
    expect(await codeOf(latchkey.set({ access_token: `a${character}b` }))).toMatch(
      /^ERR_(COOKIE_REFUSED|CREDENTIAL_MALFORMED)$/,
    )
  }
  expect(shownCookie(NAME)).toBe(`${NAME}=before`)
})

test('no attribute can be smuggled in by the value', async () => {
  const [line] = await written(() => make().set({ access_token: 'a; domain=evil.example; path=/x' }))
  expect(attributes(line)).toEqual(['path=/', 'samesite=strict'])
  expect((await make().ready()).status).toBe('signed-in')
})
