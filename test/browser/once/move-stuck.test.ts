import { expect, test } from 'vitest'
import { bearer, header, jwtStrategy, sessionStrategy, tokenStrategy } from '../../../src/index.js'
import { make } from '../fault-fixtures.js'
import { ownName } from '../fixtures.js'
import { grant, ME, oneKey } from '../tabs-fixtures.js'
import { keptIn, namedStore } from './store-fixtures.js'

test('a token that only the old strategy can keep is renewed and kept there, again and again', async () => {
  const { open, server } = oneKey()
  const opaque = (number: number) => ({
    ...grant(number),
    access_token: `opaque-${number}`,
    expires_in: 3600,
  })
  server.answer = async (calls) => opaque(calls)
  const before = await open({ strategy: tokenStrategy() })
  await before.latchkey.set(opaque(0))
  before.latchkey.dispose()
  const next = () => open({ strategy: jwtStrategy({ storage: 'local' }), migrateFrom: [tokenStrategy()] })
  const { latchkey } = await next()
  await latchkey.refresh()
  await latchkey.refresh()
  const kept = { status: 'signed-in', strategy: 'token', storage: { name: 'indexedDB' } }
  expect([latchkey.state, server.spent]).toMatchObject([kept, ['rt-0', 'rt-1']])
  latchkey.dispose()
  const reloaded = await next()
  expect(reloaded.latchkey.state).toMatchObject(kept)
  await reloaded.latchkey.fetch(ME)
  expect(server.seen).toEqual(['Bearer opaque-2'])
})

test('that it stays is told, where the old place and the new one have the same name, too', async () => {
  const name = ownName()
  const before = make({ name })
  await before.latchkey.set(grant(0))
  before.latchkey.dispose()
  const old = jwtStrategy({ storage: 'local' })
  const { latchkey, types } = make({ name, strategy: sessionStrategy() as never, migrateFrom: [old] })
  await expect.poll(types).toEqual(['initial', 'signed-in', 'storage-fallback'])
  expect(latchkey.state).toMatchObject({ strategy: 'jwt', storage: { name: 'localStorage' } })
})

/** What goes with a request, for an API that refuses the first one. */
function listening() {
  const seen: object[] = []
  const fetch = async ({ headers, redirect }: Request) => {
    seen.push({ ...Object.fromEntries(headers), redirect })
    return new Response(null, { status: seen.length === 1 ? 401 : 200 })
  }
  return { seen, fetch }
}

test('of two strategies with one name, it is sent as the one sends it that keeps it', async () => {
  const { seen, fetch } = listening()
  const { open } = oneKey({ fetch, refresh: undefined })
  const [kept, empty] = [namedStore('one'), namedStore('other')]
  const one = () => jwtStrategy({ storage: kept, placement: header('X-Token') })
  const before = await open({ strategy: one() })
  await before.latchkey.set(grant(0))
  before.latchkey.dispose()
  const other = jwtStrategy({ storage: empty, placement: bearer() })
  const { latchkey } = await open({ strategy: sessionStrategy() as never, migrateFrom: [other, one()] })
  await latchkey.fetch(ME)
  expect(seen).toEqual([{ 'x-token': grant(0).access_token, redirect: 'manual' }])
})

test('a request with the old strategy’s header is not sent again with the new one’s', async () => {
  const { seen, fetch } = listening()
  const { open, server } = oneKey({ fetch })
  const [from, to] = [namedStore('from'), namedStore('to')]
  const old = keptIn(from, header('X-Token'))
  const before = await open({ strategy: old })
  await before.latchkey.set(grant(0))
  before.latchkey.dispose()
  to.before = (operation) => {
    if (operation === 'write') throw new Error('full')
  }
  const { latchkey } = await open({ strategy: keptIn(to), migrateFrom: [old] })
  to.before = () => {}
  expect((await latchkey.fetch(ME)).status).toBe(401)
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect([server.spent, latchkey.state.strategy]).toEqual([['rt-0'], 'to'])
  expect(seen).toEqual([
    { 'x-token': grant(0).access_token, redirect: 'manual' },
    { authorization: `Bearer ${grant(1).access_token}`, redirect: 'follow' },
  ])
})
