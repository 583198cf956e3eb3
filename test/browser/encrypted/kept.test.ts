import { describe, expect, test } from 'vitest'
import { encrypted, jwtStrategy, storeChain } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { fakeStore } from '../../shared/fixtures/faults.js'
import { bearing, everything, grant, kinds, marker, oneApp, secretsOf, storedKey } from './fixtures.js'

const PER_TAB = 'jwt in sessionStorage'

describe.for(Object.entries(kinds))('%s', ([kind, { strategy, text, lay }]) => {
  test('is signed in after a reload, with the same life, user and refresh token', async () => {
    const { open, signIn, spent, name } = oneApp()
    await signIn(strategy())
    const { latchkey, types, sent } = open(strategy())
    expect(await latchkey.ready()).toMatchObject({ status: 'signed-in' })
    expect([latchkey.state.storage.error, await sent()]).toEqual([undefined, bearing(0)])
    await settled()
    expect(types()).toEqual(['initial', 'signed-in'])
    await latchkey.refresh()
    expect([spent, await sent()]).toEqual([[grant(0).refresh_token], bearing(1)])
    latchkey.dispose()
    const next = open(strategy())
    expect([await next.sent(), JSON.parse((await text(name)) ?? '')]).toEqual([
      bearing(1),
      { v: 1, generation: expect.any(Number), iv: expect.any(String), data: expect.any(String) },
    ])
  })

  test('leaves nothing of the credential in any storage, signed in, renewed and signed out', async () => {
    const { open, name, spent } = oneApp()
    const { latchkey } = open(strategy())
    await latchkey.set(grant(0))
    const seen = [await everything()]
    await latchkey.refresh()
    seen.push(await everything())
    expect([spent.length, await text(name)]).toEqual([1, expect.stringContaining('"iv"')])
    await latchkey.clear()
    seen.push(await everything())
    for (const secret of [...secretsOf(grant(0)), ...secretsOf(grant(1))])
      for (const all of seen) expect(all).not.toContain(secret)
    expect(await text(name)).toBe(undefined)
  })

  test('is signed out by clear() after a reload, too', async () => {
    const { open, signIn } = oneApp()
    await signIn(strategy())
    await open(strategy()).latchkey.clear()
    expect((await open(strategy()).latchkey.ready()).status).toBe('signed-out')
  })

  test('where it was changed: one diagnostic, it lies there as it did, and the next sign-in works', async () => {
    const { open, signIn, name } = oneApp()
    await signIn(strategy())
    const before = (await text(name)) ?? ''
    const odd = [
      before.replace('"v":1', '"v":2'),
      before.replace(/(?<="data":".).{4}/, 'AAAA'),
      before.slice(0, -5),
      'opaque',
    ]
    for (const changed of odd) {
      await lay(name, changed)
      const { latchkey, events } = open(strategy())
      expect((await latchkey.ready()).status).toBe('signed-out')
      await settled()
      const said = events.flatMap((event) => ('error' in event && event.error ? [event.error] : []))
      expect(said).toMatchObject([{ code: 'ERR_STORED_MALFORMED', strategy: strategy().name }])
      expect(await text(name)).toBe(changed)
      latchkey.dispose()
    }
    await signIn(strategy(), grant(2))
    expect(await open(strategy()).sent()).toBe(bearing(2))
  })

  // Each tab has one of its own there, and each instance.
  if (kind !== PER_TAB)
    test('is seen by the page’s other instances: sign-in, refresh, sign-out', async () => {
      const { open, spent } = oneApp()
      const [one, other] = [open(strategy()), open(strategy())]
      await Promise.all([one.latchkey.ready(), other.latchkey.ready()])
      await one.latchkey.set(grant(0))
      await expect.poll(other.sent).toBe(bearing(0))
      await other.latchkey.refresh()
      await expect.poll(one.sent).toBe(bearing(1))
      await Promise.all([one.latchkey.refresh(), other.latchkey.refresh()])
      expect(new Set(spent).size).toBe(spent.length)
      await one.latchkey.clear()
      await expect.poll(() => other.latchkey.state.status).toBe('signed-out')
    })
})

test('a session’s marker is found again', async () => {
  const { open, name } = oneApp()
  const { latchkey } = open(marker() as never)
  await latchkey.set({ expires_in: 60 } as never)
  expect(localStorage.getItem(`latchkey.session.${name}`)).toContain('"iv"')
  expect((await open(marker() as never).latchkey.ready()).status).toBe('signed-in')
})

test('another instance’s record, under this one’s key, is not this one’s', async () => {
  const make = () => jwtStrategy({ storage: encrypted('local') })
  const [ann, bob] = [oneApp(), oneApp()]
  await ann.signIn(make(), grant(0, 'ann'))
  await bob.signIn(make(), grant(0, 'bob'))
  const keyOf = ({ name }: typeof ann) => `latchkey.jwt.${name}`
  const [anns, bobs] = [ann, bob].map((one) => localStorage.getItem(keyOf(one)) ?? '')
  localStorage.setItem(keyOf(ann), bobs ?? '')
  localStorage.setItem(keyOf(bob), anns ?? '')
  for (const { open } of [ann, bob]) {
    const { latchkey, events } = open(make())
    expect((await latchkey.ready()).status).toBe('signed-out')
    await settled()
    expect(events.at(-1)).toMatchObject({ type: 'signed-out', error: { code: 'ERR_STORED_MALFORMED' } })
  }
})

test('one key is for all, made once, however many sign in at the same time for the first time', async () => {
  const apps = Array.from({ length: 6 }, () => oneApp())
  await Promise.all(apps.map(({ signIn }) => signIn(jwtStrategy({ storage: encrypted('local') }))))
  expect((await storedKey())?.extractable).toBe(false)
  for (const { open } of apps)
    expect(await open(jwtStrategy({ storage: encrypted('local') })).sent()).toBe(bearing(0))
})

test('what the store within refuses is refused, and the state is true of a chain’s second store', async () => {
  const { open, signIn } = oneApp()
  const broken = Object.assign(fakeStore(), {
    name: 'broken',
    persistent: true,
    write: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
  })
  const alone = open(jwtStrategy({ storage: encrypted(broken) }))
  expect(await codeOf(alone.latchkey.set(grant(0)))).toBe('ERR_STORAGE_FAILED')
  for (const storage of [
    () => storeChain([encrypted(broken), encrypted('local')]),
    () => encrypted(storeChain([broken, 'local'])),
  ]) {
    await signIn(jwtStrategy({ storage: storage() }))
    const { latchkey } = open(jwtStrategy({ storage: storage() }))
    expect((await latchkey.ready()).storage).toMatchObject({ name: 'localStorage', persistent: true })
    expect(await everything()).not.toContain(grant(0).refresh_token)
    await latchkey.clear()
  }
})
