import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLatchkey, jwtStrategy, storeChain } from '../../../src/index.js'
import { codeOf, listen, settled } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { ownName } from '../fixtures.js'
import { full } from './broken-web-storage.js'
import { tidyUp } from './places.js'

const OLD = { access_token: jwtOf({ sub: 'ann', is: 'old' }), refresh_token: 'old' }
// Longer, so that it does not fit in the place of the old one.
const next = (is: string) => ({
  access_token: jwtOf({ sub: 'ann', is, more: 'x'.repeat(2000) }),
  refresh_token: is.padEnd(100),
})

/** Text with what an encoding could change: half of a surrogate pair, NUL, a line break. */
const THEIRS = { theirs: '\ud83d\u0000\n\uffff', 'latchkey.jwt.theirs': '{"v":1}', 'filler-theirs': '' }

beforeEach(tidyUp)
afterEach(tidyUp)

describe.for(['local', 'session'] as const)('where %sStorage is full to the byte', (kind) => {
  const store = globalThis[`${kind}Storage`]
  const withoutMine = (key: string) => Object.entries(store).filter(([name]) => name !== key)

  async function signedIn(storage: () => Parameters<typeof jwtStrategy>[0]['storage'] = () => kind) {
    for (const [name, value] of Object.entries(THEIRS)) store.setItem(name, value)
    const name = ownName()
    const options = { allowedOrigins: ['self'], name, refresh: async () => next('renewed') }
    const make = () => createLatchkey({ strategy: jwtStrategy({ storage: storage() }), ...options })
    const latchkey = make()
    await latchkey.set(OLD)
    const over = full(`${kind}Storage`)()
    const key = `latchkey.jwt.${name}`
    return { latchkey, make, key, over, others: withoutMine(key), ...listen(latchkey) }
  }

  test('set is refused: the old credential is in use, and still there', async () => {
    const { latchkey, make, key, others } = await signedIn()
    const [before, { expiresAt, claims }] = [store.getItem(key), latchkey.state]
    const error = await latchkey.set(next('new')).catch(Object)
    expect([error.code, error.cause.name]).toEqual(['ERR_STORAGE_FAILED', 'QuotaExceededError'])
    expect(latchkey.state).toMatchObject({ status: 'signed-in', claims, expiresAt })
    expect(store.getItem(key)).toBe(before)
    expect((await make().ready()).claims).toMatchObject({ is: 'old' })
    expect(withoutMine(key)).toEqual(others)
  })

  test('a renewed credential is in use in memory, and the spent one is not left in its place', async () => {
    const { latchkey, make, key, others, events } = await signedIn()
    await latchkey.refresh()
    expect(latchkey.state).toMatchObject({
      status: 'signed-in',
      claims: { is: 'renewed' },
      persistent: false,
      storage: { name: 'memory', persistent: false, error: { code: 'ERR_STORAGE_FAILED' } },
    })
    expect(store.getItem(key)).toBe(null)
    expect((await make().ready()).status).toBe('signed-out')
    expect(withoutMine(key)).toEqual(others)
    await settled()
    expect(events.filter(({ type }) => type === 'storage-fallback')).toHaveLength(1)
  })

  test('a chain stores it further down, and leaves nothing of the old one', async () => {
    const { latchkey, make, key, others } = await signedIn(() => storeChain([kind, 'memory']))
    await latchkey.set(next('new'))
    expect(latchkey.state).toMatchObject({
      claims: { is: 'new' },
      persistent: false,
      storage: { name: 'memory' },
    })
    expect(store.getItem(key)).toBe(null)
    expect((await make().ready()).status).toBe('signed-out')
    expect(withoutMine(key)).toEqual(others)
  })

  test('signing out needs no room, and there is room for the next sign-in once the others have gone', async () => {
    const { latchkey, make, key, over } = await signedIn()
    expect(await codeOf(latchkey.set(next('new')))).toBe('ERR_STORAGE_FAILED')
    await latchkey.clear()
    expect(store.getItem(key)).toBe(null)
    over()
    await latchkey.set(next('new'))
    expect((await make().ready()).claims).toMatchObject({ is: 'new' })
    for (const [name, value] of Object.entries(THEIRS)) expect(store.getItem(name)).toBe(value)
  })
})
