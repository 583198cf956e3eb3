import { describe, expect, test } from 'vitest'
import { jwtStrategy, storeChain } from '../../../src/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { canMove, given, grant, kinds, ME, oneApp, pairsOf } from './migration-fixtures.js'

const moving = pairsOf(kinds).filter(([from, to]) => canMove(from, to) && !/session/.test(from))

describe.for(moving)('from %s to %s', ([from, to]) => {
  test('life, refresh token and user are what they were, and nobody is told of a sign-in but one', async () => {
    const app = oneApp()
    const before = app.open(from)
    await before.latchkey.set(given(from))
    const { expiresAt } = before.latchkey.state
    before.latchkey.dispose()
    const { latchkey, types } = app.open(to, [from])
    expect(latchkey.state.status).toBe('unknown')
    expect(await latchkey.ready()).toMatchObject({ status: 'signed-in', expiresAt, persistent: true })
    await settled()
    expect(types()).toEqual(['initial', 'signed-in'])
    await latchkey.refresh()
    expect(app.server.spent).toEqual(['rt-0'])
    expect([await app.places(), types().at(-1)]).toEqual([app.only(to), 'refreshed'])
    await latchkey.fetch(ME)
    expect(app.server.sent).toEqual([app.sentBy(to, grant(1))])
  })

  test('migrate() moves it at run time, and back again', async () => {
    const app = oneApp()
    const { latchkey, types } = app.open(from)
    await latchkey.ready()
    await latchkey.set(given(from))
    const moved = await latchkey.migrate(app.make(to))
    expect([moved.state.status, moved.state.strategy]).toEqual(['signed-in', app.make(to).name])
    await moved.fetch(ME)
    expect(await app.places()).toEqual(app.only(to))
    const back = await moved.migrate(app.make(from))
    await back.fetch(ME)
    expect(app.server.sent).toEqual([app.sentBy(to), app.sentBy(from)])
    expect(await app.places()).toEqual(app.only(from))
    expect(types()).toEqual(['initial', 'signed-out', 'signed-in', 'migrated', 'migrated'])
    await latchkey.clear()
    expect(await app.places()).toEqual([])
  })

  test('clear() leaves nothing in either place, whatever was found where', async () => {
    const app = oneApp()
    await app.signIn(from)
    await app.signIn(to)
    const { latchkey } = app.open(to, [from])
    await latchkey.clear()
    expect(await app.places()).toEqual([])
    const next = app.open(to, [from])
    expect((await next.latchkey.ready()).status).toBe('signed-out')
  })

  test('of two the newer one counts, and the older does not come back', async () => {
    const app = oneApp()
    await app.signIn(to, given(to, 1))
    await app.signIn(from, given(from, 2))
    const { latchkey } = app.open(to, [from])
    await latchkey.fetch(ME)
    expect([app.server.sent, await app.places()]).toEqual([[app.sentBy(to, grant(2))], app.only(to)])
    latchkey.dispose()
    await app.signIn(to, given(to, 3))
    await app.open(to, [from]).latchkey.fetch(ME)
    expect(app.server.sent.at(-1)).toBe(app.sentBy(to, grant(3)))
  })
})

test('nobody who is signed out is signed in by it, and nothing is written', async () => {
  const app = oneApp()
  const { latchkey, types } = app.open('jwt', ['token', 'cookie'])
  expect((await latchkey.ready()).status).toBe('signed-out')
  await settled()
  expect([types(), await app.places()]).toEqual([['initial', 'signed-out'], []])
})

test('three versions in a row: the newest of the old ones counts, and one alone is left', async () => {
  for (const order of [
    ['cookie', 'jwt'],
    ['jwt', 'cookie'],
  ] as const) {
    const app = oneApp()
    for (const [index, kind] of order.entries()) await app.signIn(kind, given(kind, index))
    const { latchkey } = app.open('token', ['jwt', 'cookie'])
    await latchkey.fetch(ME)
    expect([app.server.sent, await app.places()]).toEqual([
      [app.sentBy('token', grant(1))],
      app.only('token'),
    ])
  }
})

test('three versions in a row, each of which was open: it goes from place to place', async () => {
  const app = oneApp()
  await app.signIn('cookie')
  const second = app.open('jwt', ['cookie'])
  await second.latchkey.ready()
  expect(await app.places()).toEqual(app.only('jwt'))
  second.latchkey.dispose()
  const third = app.open('token', ['jwt', 'cookie'])
  await third.latchkey.refresh()
  expect([app.server.spent, await app.places()]).toEqual([['rt-0'], app.only('token')])
})

test('migrate() while a refresh is under way: its answer goes to the new place', async () => {
  const app = oneApp()
  const { latchkey } = app.open('jwt')
  await latchkey.set(given('jwt'))
  app.server.before = () => new Promise((resume) => setTimeout(resume, 200))
  const refreshed = latchkey.refresh()
  await expect.poll(() => app.server.spent.length).toBe(1)
  const moved = await latchkey.migrate(app.make('token'))
  await refreshed
  await moved.fetch(ME)
  expect(app.server.sent).toEqual([app.sentBy('token', grant(1))])
  expect([app.server.spent, await app.places()]).toEqual([['rt-0'], app.only('token')])
})

test('migrate() while signed out changes where the next credential goes', async () => {
  const app = oneApp()
  const { latchkey } = app.open('jwt')
  await latchkey.ready()
  await latchkey.migrate(app.make('token'))
  await latchkey.set(given('token'))
  expect([latchkey.state.strategy, await app.places()]).toEqual(['token', app.only('token')])
})

test('into a chain that holds the old place: found at once, and in one place from the next refresh on', async () => {
  const app = oneApp()
  await app.signIn('jwt')
  const chain = jwtStrategy({ storage: storeChain(['indexedDB', 'local']) })
  const { latchkey } = app.open(chain as never, ['jwt'])
  expect((await latchkey.ready()).status).toBe('signed-in')
  await latchkey.fetch(ME)
  expect([app.server.sent, (await app.places()).length]).toEqual([[app.sentBy('jwt')], 1])
  await latchkey.refresh()
  expect([app.server.spent, await app.places()]).toEqual([['rt-0'], ['indexedDB latchkey.jwt']])
})
