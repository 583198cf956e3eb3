import { expect, onTestFinished, test } from 'vitest'
import { codeOf, settled } from '../shared/fixtures/events.js'
import { deleteAll } from './faults/broken-indexed-db.js'
import { grant, LIFE, ME, oneKey, openTabs } from './tabs-fixtures.js'

const fire = (type: 'pagehide' | 'pageshow') =>
  dispatchEvent(new PageTransitionEvent(type, { persisted: true }))

const bearing = (number: number) => `Bearer ${grant(number).access_token}`

/** Opens channels, and knows which are open. */
function channels() {
  const open = new Set<string>()
  let count = 0
  const channel = (name: string) => {
    const made = new BroadcastChannel(name)
    const id = `${name} ${++count}`
    open.add(id)
    return Object.assign(made, {
      close() {
        open.delete(id)
        BroadcastChannel.prototype.close.call(made)
      },
    })
  }
  return { open, channel }
}

test('a page that is left has no channel open, and has one again when it is back', async () => {
  const { open, channel } = channels()
  onTestFinished(() => void fire('pageshow'))
  await openTabs(2, { channel })
  expect(open.size).toBe(2)
  fire('pagehide')
  expect(open.size).toBe(0)
  fire('pageshow')
  expect(open.size).toBe(2)
})

test('what happened in other tabs while a page was left is seen when it is back', async () => {
  const { tabs } = await openTabs(3)
  fire('pagehide')
  await tabs[0]?.latchkey.clear()
  await settled()
  expect(tabs[1]?.latchkey.state.status).toBe('signed-in')
  fire('pageshow')
  await expect
    .poll(() => tabs.map(({ latchkey }) => latchkey.state.status))
    .toEqual(Array(3).fill('signed-out'))
  expect(tabs[1]?.latchkey.state.reason).toBe('other-tab')
})

/** The page is left, and back at once, the first time that it calls that. */
function leftWhile(prototype: object, method: string, meanwhile = () => {}) {
  const original = Reflect.get(prototype, method)
  const restore = () => void Reflect.set(prototype, method, original)
  onTestFinished(restore)
  Reflect.set(prototype, method, function (this: unknown, ...given: unknown[]) {
    restore()
    meanwhile()
    fire('pagehide')
    queueMicrotask(() => fire('pageshow'))
    return Reflect.apply(original, this, given)
  })
}

const leftWhileStoring = (meanwhile?: () => void) => leftWhile(Storage.prototype, 'setItem', meanwhile)
const leftWhileNoting = (meanwhile?: () => void) => leftWhile(IDBObjectStore.prototype, 'put', meanwhile)

test('a database that was being made when its page was left is given up, and made anew', async () => {
  const { open, tabs } = await openTabs(1)
  await deleteAll()
  const { createObjectStore } = IDBDatabase.prototype
  onTestFinished(() => void Object.assign(IDBDatabase.prototype, { createObjectStore }))
  const made: string[] = []
  IDBDatabase.prototype.createObjectStore = function (...given) {
    const store = createObjectStore.apply(this, given)
    if (made.push(given[0]) === 1) queueMicrotask(() => fire('pagehide'))
    return store
  }
  await tabs[0]?.latchkey.set(grant(1))
  fire('pageshow')
  expect(made).toEqual(['generations', 'generations'])
  expect((await open()).latchkey.state.status).toBe('signed-in')
})

test('a credential that was being stored when its page was left is stored when it is back, and told', async () => {
  const { open, tabs, server } = await openTabs(2)
  leftWhileStoring()
  await tabs[0]?.latchkey.set(grant(1))
  for (const { latchkey } of [...tabs, await open()])
    await expect.poll(() => latchkey.fetch(ME).then(() => server.seen.at(-1))).toBe(bearing(1))
})

test('but not over what another tab has stored meanwhile', async () => {
  const { open, tabs, server } = await openTabs(2)
  const later: Promise<void>[] = []
  leftWhileStoring(() => later.push(...tabs.slice(1).map(({ latchkey }) => latchkey.set(grant(2)))))
  expect(await codeOf(tabs[0]?.latchkey.set(grant(1)) ?? Promise.resolve())).toBe('ERR_STORAGE_FAILED')
  await Promise.all(later)
  for (const { latchkey } of [...tabs, await open()])
    await expect.poll(() => latchkey.fetch(ME).then(() => server.seen.at(-1))).toBe(bearing(2))
})

test('a refreshed one neither, and what that tab has stored stays', async () => {
  const { clock, open, tabs } = await openTabs(2)
  clock.now += (LIFE + 1) * 1000
  const later: Promise<void>[] = []
  leftWhileStoring(() => later.push(...tabs.slice(1).map(({ latchkey }) => latchkey.set(grant(2)))))
  await codeOf(tabs[0]?.latchkey.refresh() ?? Promise.resolve())
  await Promise.all(later)
  const next = await open()
  expect(next.latchkey.state.status).toBe('signed-in')
  expect(await next.latchkey.fingerprint()).toBe(await tabs[1]?.latchkey.fingerprint())
})

test('a refresh that was being noted when its page was left is sent when that is done', async () => {
  const { clock, tabs, server } = await openTabs(2)
  clock.now += (LIFE + 1) * 1000
  leftWhileNoting()
  await tabs[0]?.latchkey.refresh()
  expect(server.spent).toEqual(['rt-0'])
  for (const { latchkey } of tabs)
    await expect.poll(() => latchkey.fetch(ME).then(() => server.seen.at(-1))).toBe(bearing(1))
  expect(server.spent).toEqual(['rt-0'])
})

test('but not where another tab has gone on meanwhile', async () => {
  const { clock, tabs, server } = await openTabs(2)
  clock.now += (LIFE + 1) * 1000
  const later: Promise<void>[] = []
  leftWhileNoting(() => later.push(...tabs.slice(1).map(({ latchkey }) => latchkey.set(grant(2)))))
  await codeOf(tabs[0]?.latchkey.refresh() ?? Promise.resolve())
  await Promise.all(later)
  for (const { latchkey } of tabs)
    await expect.poll(() => latchkey.fetch(ME).then(() => server.seen.at(-1))).toBe(bearing(2))
  expect(server.spent).toEqual([])
})

test('a refresh that breaks since its page is left is no failure: nothing is told, nothing has to wait', async () => {
  const { clock, server, tabs } = await openTabs(1)
  const { answer } = server
  const [tab] = tabs
  server.answer = () => Promise.reject(new TypeError('NetworkError'))
  clock.now += (LIFE + 1) * 1000
  const asked = codeOf(tab?.latchkey.refresh() ?? Promise.resolve())
  await expect.poll(() => server.spent.length).toBe(1)
  fire('pagehide')
  expect(await asked).toBe('ERR_REFRESH_FAILED')
  fire('pageshow')
  server.answer = answer
  await tab?.latchkey.refresh()
  expect(tab?.types().filter((type) => type === 'degraded')).toEqual([])
  expect([server.spent, tab?.latchkey.state.status]).toEqual([['rt-0', 'rt-0'], 'signed-in'])
})

test('200 instances that were used and disposed of leave no channel, and none comes back with the page', async () => {
  const { open, channel } = channels()
  const { open: openTab } = oneKey({ channel })
  for (let i = 0; i < 200; i += 1) {
    const { latchkey } = await openTab({ keepFresh: true })
    if (i % 50 === 0) await latchkey.set(grant(i))
    latchkey.dispose()
  }
  fire('pagehide')
  fire('pageshow')
  expect([...open]).toEqual([])
})
