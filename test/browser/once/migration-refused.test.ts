import { describe, expect, test } from 'vitest'
import { listen, settled } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { canMove, given, ME, oneApp, pairsOf } from './migration-fixtures.js'

const staying = pairsOf(['session', 'cookie', 'jwt', 'token']).filter(([from, to]) => !canMove(from, to))

describe.for(staying)('from %s to %s, which can’t take it', ([from, to]) => {
  test('it stays, is sent as before, and one event says why', async () => {
    const app = oneApp()
    await app.signIn(from)
    const { latchkey, events } = app.open(to, [from])
    const { status, strategy } = await latchkey.ready()
    await settled()
    expect([status, strategy]).toEqual(['signed-in', from])
    expect(events.filter(({ type }) => type === 'storage-fallback')).toMatchObject([
      { error: { name: 'LatchkeyError', code: 'ERR_CREDENTIAL_MALFORMED' } },
    ])
    await latchkey.fetch(ME)
    expect([app.server.sent, await app.places()]).toEqual([[app.sentBy(from)], app.only(from)])
  })

  test('what is set next goes to the new place, and nothing is left in the old one', async () => {
    const app = oneApp()
    await app.signIn(from)
    const { latchkey } = app.open(to, [from])
    await latchkey.ready()
    await latchkey.set(given(to))
    await latchkey.fetch(ME)
    expect([latchkey.state.strategy, app.server.sent]).toEqual([to, [app.sentBy(to)]])
    expect(await app.places()).toEqual(app.only(to))
  })

  test('migrate() rejects, and nothing has changed', async () => {
    const app = oneApp()
    const { latchkey, types } = app.open(from)
    await latchkey.set(given(from))
    await settled()
    const [state, told] = [latchkey.state, types().length]
    await expect(latchkey.migrate(app.make(to))).rejects.toMatchObject({ code: 'ERR_CREDENTIAL_MALFORMED' })
    await latchkey.fetch(ME)
    await settled()
    expect([latchkey.state, types().length]).toEqual([state, told])
    expect([app.server.sent, await app.places()]).toEqual([[app.sentBy(from)], app.only(from)])
    await latchkey.clear()
    expect(await app.places()).toEqual([])
  })
})

test('a token that is no JWT stays with tokenStrategy, and the next one that is goes to jwtStrategy', async () => {
  const app = oneApp()
  await app.signIn('token', { access_token: 'opaque', refresh_token: 'rt-0' } as never)
  const { latchkey } = app.open('jwt', ['token'])
  await latchkey.fetch(ME)
  expect([app.server.sent, await app.places()]).toEqual([['Bearer opaque'], app.only('token')])
  await latchkey.refresh()
  expect([latchkey.state.strategy, latchkey.state.subject]).toEqual(['jwt', 'ann'])
  expect([app.server.spent, await app.places()]).toEqual([['rt-0'], app.only('jwt')])
})

test('too big for a cookie: it stays, also when it is refreshed to another that is', async () => {
  const app = oneApp()
  const big = jwtOf({ sub: 'ann', text: 'x'.repeat(5000) })
  await app.signIn('jwt', { access_token: big, refresh_token: 'rt-0' } as never)
  const other = jwtOf({ sub: 'ann', text: 'y'.repeat(5000) })
  const refresh = async () => ({ access_token: other, refresh_token: 'rt-1' })
  const { latchkey, events } = app.open('cookie', ['jwt'], { refresh })
  await latchkey.refresh()
  await latchkey.fetch(ME)
  expect([app.server.sent, await app.places()]).toEqual([[`Bearer ${other}`], app.only('jwt')])
  const codes = events.flatMap((event) => (event.type === 'storage-fallback' ? event.error.code : []))
  expect([codes, latchkey.state.strategy]).toEqual([['ERR_COOKIE_REFUSED'], 'jwt'])
})

test('a full store: it stays, and is moved at the next start when there is room', async () => {
  const app = oneApp()
  await app.signIn('token')
  const { setItem } = Storage.prototype
  Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  const { latchkey } = app.open('jwt', ['token'])
  const told = listen(latchkey)
  await latchkey.ready().finally(() => Object.assign(Storage.prototype, { setItem }))
  await settled()
  expect(told.events.find(({ type }) => type === 'storage-fallback')).toMatchObject({
    error: { code: 'ERR_STORAGE_FAILED', cause: { name: 'QuotaExceededError' } },
  })
  await latchkey.fetch(ME)
  expect(await app.places()).toEqual(app.only('token'))
  latchkey.dispose()
  const next = app.open('jwt', ['token'])
  await next.latchkey.fetch(ME)
  expect([app.server.sent, await app.places()]).toEqual([Array(2).fill(app.sentBy('jwt')), app.only('jwt')])
})
