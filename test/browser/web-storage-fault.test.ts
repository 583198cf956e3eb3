import { afterEach, expect, test } from 'vitest'
import { codeOf, settled } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { API, make } from './fault-fixtures.js'

const TOKEN = jwtOf({ sub: 'ann' })

const descriptor = Object.getOwnPropertyDescriptor(window, 'localStorage')

/** Has every touch of localStorage throw, as with all site data blocked. */
function block(): void {
  const get = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  Object.defineProperty(window, 'localStorage', { configurable: true, get })
}

afterEach(() => {
  if (descriptor) Object.defineProperty(window, 'localStorage', descriptor)
  localStorage.clear()
})

test('where touching localStorage throws, the start is a signed-out one and requests work', async () => {
  block()
  const { latchkey, events } = make()
  expect((await latchkey.ready()).status).toBe('signed-out')
  expect((await latchkey.fetch(API)).ok).toBe(true)
  await settled()
  expect(events.filter(({ type }) => type === 'signed-out')).toMatchObject([
    { error: { name: 'LatchkeyError', cause: { name: 'SecurityError' } } },
  ])
})

test('where touching localStorage throws, set and clear say so with a typed error', async () => {
  block()
  const { latchkey } = make()
  expect(await codeOf(latchkey.set({ access_token: TOKEN }))).toMatch(/^ERR_STORAGE_/)
  expect(await codeOf(latchkey.clear())).toMatch(/^ERR_STORAGE_/)
  expect(latchkey.state.status).toBe('signed-out')
})

test('a full localStorage refuses set, the credential before stays, and others’ keys are untouched', async () => {
  const { latchkey } = make()
  await latchkey.set({ access_token: TOKEN })
  localStorage.setItem('theirs', 'x')
  const before = { ...localStorage }
  for (let size = 4 * 1024 * 1024, i = 0; size >= 1; i += 1) {
    try {
      localStorage.setItem(`fill-${i}`, 'x'.repeat(size))
    } catch {
      size = Math.floor(size / 2)
    }
  }
  const error = await latchkey.set({ access_token: jwtOf({ sub: 'x'.repeat(1000) }) }).catch(Object)
  expect(error).toMatchObject({ name: 'LatchkeyError', code: expect.stringMatching(/^ERR_STORAGE_/) })
  expect(error.cause.name).toMatch(/Quota/)
  for (const [key, value] of Object.entries(before)) expect(localStorage.getItem(key)).toBe(value)
  expect(await (await latchkey.fetch(API)).text()).toBe(`Bearer ${TOKEN}`)
})

test('a write that the browser swallows is an error, not silence', async () => {
  const { setItem } = Storage.prototype
  Storage.prototype.setItem = () => {}
  const { latchkey } = make()
  const code = await codeOf(latchkey.set({ access_token: TOKEN })).finally(() => {
    Storage.prototype.setItem = setItem
  })
  expect(code).toMatch(/^ERR_STORAGE_/)
  expect(latchkey.state.status).toBe('signed-out')
})
