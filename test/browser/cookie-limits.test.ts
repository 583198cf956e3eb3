import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { newBench } from '../harness/bench.js'
import { make, NAME, tidyUp, written } from './cookie-fixtures.js'
import { dropAllCookies, ownName, shownCookie, writeCookie } from './fixtures.js'

const shown = () => document.cookie.split('; ').filter(Boolean).sort()

/** Again and again: what was written shortly before, WebKit may show once more after it was deleted. */
async function forgetAll(): Promise<void> {
  tidyUp()
  let looks = 0
  const timesEmpty = () => {
    looks = shown().length > 0 ? 0 : looks + 1
    dropAllCookies()
    return looks
  }
  await expect.poll(timesEmpty, { interval: 50 }).toBeGreaterThan(5)
}

beforeEach(forgetAll)
afterEach(forgetAll)

/** Under names of their own: WebKit may take a cookie that was deleted and written again for deleted. */
async function fill(count: number): Promise<string> {
  const name = ownName()
  for (let n = 1; n <= count; n += 1) writeCookie(`${name}-${n}=${n}; path=/; max-age=60`)
  if (count <= 180)
    await expect.poll(() => shown().filter((pair) => pair.startsWith(name)).length).toBe(count)
  return `${name}-1=1`
}

test.for([150, 180])(
  'beside %i other cookies of the site it is refused, and nothing changes',
  async (count) => {
    await fill(count)
    const before = shown()
    const latchkey = make()
    const lines = await written(async () => {
      await expect(
        latchkey.set({ access_token: 'a', refresh_token: 'rt', expires_in: 60 }),
      ).rejects.toMatchObject({
        code: 'ERR_COOKIE_REFUSED',
        strategy: 'cookie',
        message: expect.stringMatching(`^${count} cookies .* remove some$`),
      })
    })
    expect([lines, shown(), latchkey.state.status]).toEqual([[], before, 'signed-out'])
    expect(JSON.stringify({ ...localStorage })).not.toContain('rt')
  },
)

test('as the 150th it is kept, and replaced, and removed', async () => {
  await fill(149)
  const latchkey = make()
  for (const access_token of ['a', 'b']) {
    await latchkey.set({ access_token })
    expect([shown().length, shownCookie(NAME)]).toEqual([150, `${NAME}=${access_token}`])
  }
  await latchkey.clear()
  expect(shown()).toHaveLength(149)
})

test('one that is there already is replaced, however many there are by now', async () => {
  const latchkey = make()
  await latchkey.set({ access_token: 'a' })
  await fill(170)
  await latchkey.set({ access_token: 'b' })
  expect([shown().length, shownCookie(NAME)]).toEqual([171, `${NAME}=b`])
})

// Why it is 150: what script sees is not all that counts, and what is dropped may be another part of the app's.
test.for([150, 180, 181, 200])('of %i cookies the server gets what this engine keeps', async (count) => {
  const { api } = newBench()
  const first = await fill(count)
  const sent = async () => {
    const { headers } = await (await fetch(api.at('echo'), { credentials: 'include' })).json()
    const names = String(headers.cookie).split('; ')
    return [names.length, names.includes(first)]
  }
  // The 181st makes two engines drop the 31 oldest, Firefox a moment later.
  const isOver = count > 180 && inject('engine') !== 'webkit'
  await expect.poll(sent).toEqual(isOver ? [count - 31, false] : [count, true])
})
