import { afterEach, expect, inject, test } from 'vitest'
import { cookieStrategy } from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { listen, settled } from '../shared/fixtures/events.js'
import { attributes, make, NAME, tidyUp, written } from './cookie-fixtures.js'
import { dropCookie, shownCookie, writeCookie } from './fixtures.js'

afterEach(tidyUp)

test('the browser sends the cookie by itself: no header of script’s', async () => {
  const { api } = newBench()
  const latchkey = make({}, { allowedOrigins: [api.origin] })
  await latchkey.set({ access_token: 'in-the-cookie' })
  const { headers } = await (await latchkey.fetch(api.at('echo'))).json()
  expect(headers.cookie).toContain(`${NAME}=in-the-cookie`)
  expect(headers.authorization).toBeUndefined()
})

test('without expires it is a session cookie, with Path=/ and SameSite=Strict', async () => {
  const latchkey = make()
  const [line] = await written(() => latchkey.set({ access_token: 'a' }))
  expect(attributes(line)).toEqual(['path=/', 'samesite=strict'])
  expect([latchkey.state.persistent, cookieStrategy({ name: NAME }).capabilities]).toEqual([
    false,
    { readable: true, persistent: false, sentBy: 'browser' },
  ])
})

test('with expires it is a persistent cookie, for that many days', async () => {
  const latchkey = make({ expires: 7 })
  const [line = ''] = await written(() => latchkey.set({ access_token: 'a' }))
  const expires = Date.parse(line.match(/expires=([^;]*)/i)?.[1] ?? '')
  expect(Math.abs(expires - Date.now() - 7 * 86_400_000)).toBeLessThan(60_000)
  expect(latchkey.state.persistent).toBe(true)
})

test('Secure is off on plain http of this device alone, where one engine would refuse it', async () => {
  const [line] = await written(() => make().set({ access_token: 'a' }))
  expect([location.protocol, location.hostname]).toEqual(['http:', 'localhost'])
  expect(attributes(line)).not.toContain('secure')
  const [asked] = await written(() =>
    make({ secure: true })
      .set({ access_token: 'b' })
      .catch(() => {}),
  )
  expect(attributes(asked)).toContain('secure')
})

test('the attributes that were asked for are written, and no others', async () => {
  const latchkey = make({ secure: true, sameSite: 'Lax', expires: 1, path: '/', domain: 'example.com' })
  const [line] = await written(() => latchkey.set({ access_token: 'a' }).catch(() => {}))
  const names = attributes(line).map((attribute) => attribute.replace(/^expires=.*/, 'expires'))
  expect(names).toEqual(['domain=example.com', 'expires', 'path=/', 'samesite=lax', 'secure'])
})

test('SameSite=None and Partitioned are for an embedded page: in one of its own it is Lax, and is kept', async () => {
  const latchkey = make({ sameSite: 'None', partitioned: true })
  const lines = await written(() => latchkey.set({ access_token: 'a' }))
  expect(attributes(lines.at(-1))).toEqual(['path=/', 'samesite=lax'])
  expect(shownCookie(NAME)).toBe(`${NAME}=a`)
})

// Chromium and Firefox keep it apart from the one of its name; WebKit keeps no Secure cookie on plain http.
test('the partitioned cookie of an older version or an embedded page is neither read, nor left behind', async () => {
  for (const end of ['set', 'clear'] as const) {
    writeCookie(`${NAME}=partitioned; path=/; secure; samesite=none; partitioned`)
    const latchkey = make({ sameSite: 'None', partitioned: true })
    await latchkey.set({ access_token: 'a' })
    expect(document.cookie).not.toContain('partitioned')
    writeCookie(`${NAME}=partitioned; path=/; secure; samesite=none; partitioned`)
    if (end === 'clear') await latchkey.clear()
    else await latchkey.set({ access_token: 'b' })
    expect(document.cookie).toBe(end === 'clear' ? '' : `${NAME}=b`)
    tidyUp()
  }
})

test.for(['__Host-cookie-test', '__Secure-cookie-test'])(
  '%s is written as its prefix wants it',
  async (name) => {
    const latchkey = make({ name })
    const [line] = await written(() => latchkey.set({ access_token: 'a' }).catch(() => {}))
    expect(attributes(line)).toEqual(['path=/', 'samesite=strict', 'secure'])
    if (inject('engine') !== 'webkit') expect(shownCookie(name)).toBe(`${name}=a`)
  },
)

test('a reload finds the credential with its life and its refresh token', async () => {
  const spent: unknown[] = []
  await make().set({ access_token: 'a', refresh_token: 'rt', expires_in: 3600 })
  const again = make(
    {},
    { refresh: async ({ credential }) => void spent.push(credential.refresh_token) as undefined },
  )
  const { expiresAt = 0 } = await again.ready()
  expect(Math.abs(expiresAt - Date.now() - 3_600_000)).toBeLessThan(30_000)
  await again.refresh().catch(() => {})
  expect(spent).toEqual(['rt'])
})

test('the cookie holds the access token alone: nothing else travels with every request', async () => {
  await make().set({ access_token: 'a', refresh_token: 'rt-secret', expires_in: 3600 })
  expect(document.cookie).not.toContain('rt-secret')
})

test('a cookie that the server wrote is a credential, with no life and no refresh token of another one', async () => {
  await make().set({ access_token: 'old', refresh_token: 'rt-old', expires_in: 3600 })
  writeCookie(`${NAME}=from-the-server; path=/`)
  const seen: unknown[] = []
  const latchkey = make({}, { refresh: async ({ credential }) => void seen.push(credential) as undefined })
  const { status, expiresAt } = await latchkey.ready()
  await latchkey.refresh().catch(() => {})
  expect([status, expiresAt]).toEqual(['signed-in', undefined])
  expect(JSON.stringify(seen)).toContain('from-the-server')
  expect(JSON.stringify(seen)).not.toContain('rt-old')
})

test('null from refresh signs out, also where the rest of the credential was lost', async () => {
  writeCookie(`${NAME}=from-the-server; path=/`)
  const latchkey = make({}, { refresh: async () => null })
  await latchkey.ready()
  await latchkey.refresh().catch(() => {})
  expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'refresh-rejected' })
  expect(shownCookie(NAME)).toBeUndefined()
})

test('clear removes the cookie and all that was kept beside it', async () => {
  const latchkey = make()
  await latchkey.set({ access_token: 'a', refresh_token: 'rt' })
  await latchkey.clear()
  expect([shownCookie(NAME), localStorage.length]).toEqual([undefined, 0])
})

test('a cookie that the browser lost is a signed-out start, with no error', async () => {
  await make().set({ access_token: 'a', expires_in: 60 })
  dropCookie(NAME)
  dropCookie(NAME, '; secure; samesite=none; partitioned')
  const latchkey = make()
  const { events } = listen(latchkey)
  expect(await latchkey.ready()).toMatchObject({ status: 'signed-out' })
  await settled()
  expect(events.filter(({ type }) => type === 'signed-out')).toEqual([
    { type: 'signed-out', error: undefined },
  ])
})

test('names of what every object has are names of no cookie', async () => {
  for (const name of ['toString', '__proto__', 'constructor']) {
    expect((await make({ name }).ready()).status).toBe('signed-out')
  }
})
