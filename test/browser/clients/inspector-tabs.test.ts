import { expect, onTestFinished, test } from 'vitest'
import { settled } from '../../shared/fixtures/events.js'
import { ANN, API, make, shown } from './inspector-fixtures.js'

const CHANNEL = 'latchkey.inspector'

/** The inspector of another tab, by hand. */
function otherTab() {
  const channel = new BroadcastChannel(CHANNEL)
  const heard: unknown[] = []
  channel.onmessage = ({ data }) => heard.push(data)
  onTestFinished(() => channel.close())
  return { heard, say: (tab: unknown, entry: unknown) => channel.postMessage({ tab, entry }) }
}

test('what happened in other tabs is there, each with its number', async () => {
  const { say } = otherTab()
  const { rows } = shown(make())
  say('a', { type: 'refreshed', how: 'this-tab' })
  say('b', { type: 'not-attached', how: 'caller', origin: API })
  say('a', { type: 'signed-out', why: 'cleared' })
  await expect
    .poll(() => rows().filter((row) => !row.startsWith('this tab')))
    .toEqual([
      'tab 2 is signed out: cleared',
      `tab 3 sent a request to ${API} without: the caller had set the header`,
      'tab 2 renewed the credential',
    ])
})

test('it tells them what happened in this one: no credential, and of a URL the origin', async () => {
  const { heard } = otherTab()
  const latchkey = make({ refresh: async () => ANN })
  shown(latchkey)
  await latchkey.set(ANN)
  await latchkey.fetch(`${API}/path?secret=1`)
  await latchkey.refresh()
  const types = () => heard.map((data) => Object(data).entry.type)
  await expect.poll(types).toEqual(expect.arrayContaining(['signed-in', 'attached', 'refreshed']))
  const said = JSON.stringify(heard)
  expect(said).toContain(API)
  for (const secret of [
    ANN.access_token,
    ANN.refresh_token,
    'secret',
    '/path',
    'ann',
    await latchkey.fingerprint(),
  ])
    expect(said).not.toContain(secret)
})

test('what a tab has only taken over it does not tell: the tab that did it has', async () => {
  const { heard } = otherTab()
  const told: Parameters<ReturnType<typeof make>['subscribe']>[0][] = []
  const { state, fingerprint } = make()
  const subscribe = (listener: (typeof told)[number]) => {
    told.push(listener)
    return () => {}
  }
  const { rows } = shown({ state, fingerprint, subscribe })
  const [tell] = told
  tell?.(state, { type: 'initial' })
  tell?.(state, { type: 'refreshed', by: 'other-tab' })
  tell?.({ ...state, reason: 'other-tab' }, { type: 'signed-out', by: 'other-tab' })
  tell?.({ ...state, reason: 'refresh-rejected' }, { type: 'signed-out', by: 'other-tab' })
  tell?.(state, { type: 'refreshed', by: 'this-tab' })
  await expect.poll(() => heard.length).toBe(1)
  expect(heard).toEqual([{ tab: expect.any(String), entry: expect.objectContaining({ how: 'this-tab' }) }])
  expect(rows().slice(1, 4)).toEqual([
    'this tab · memory followed another tab, which has ended it: refresh-rejected',
    'this tab · memory followed another tab, which has ended it: other-tab',
    'this tab · memory took over what another tab has renewed',
  ])
})

test('whatever else comes by that way is text and no more, and is kept within bounds', async () => {
  const { say } = otherTab()
  const { rows, all } = shown(make())
  const [long, html] = ['x'.repeat(100_000), '<img src=x onerror=alert(1)>']
  for (const junk of [undefined, null, 1, [], { type: {} }, { type: 'constructor' }]) say('a', junk)
  say('a', { type: 'attached', origin: long })
  say('a', { type: html, why: html, name: html })
  say({ toString: 1 }, { type: 'attached' })
  say(long, { type: '__proto__', how: 'toString' })
  await expect.poll(() => rows().filter((row) => row.startsWith('tab 3')).length).toBe(1)
  expect(rows().filter((row) => row.startsWith('tab 2')).length).toBe(8)
  expect(all('img')).toEqual([])
  expect(Math.max(...rows().map((row) => row.length))).toBeLessThan(1000)
})

test('two inspectors on one page are no other tabs to each other', async () => {
  const [one, other] = [make(), make()]
  const [first, second] = [shown(one), shown(other)]
  const { heard } = otherTab()
  await one.set(ANN)
  await expect.poll(() => heard.length).toBeGreaterThan(0)
  await settled()
  expect([...first.rows(), ...second.rows()].filter((row) => !row.startsWith('this tab'))).toEqual([])
})

test('of more tabs than are told apart, those that were heard of last keep their numbers', async () => {
  const { say } = otherTab()
  const { rows } = shown(make())
  const entry = { type: 'active' }
  for (let tab = 0; tab < 100; tab += 1) say(`${tab}`, entry)
  say('0', entry)
  say('new', entry)
  say('0', entry)
  say('1', entry)
  const isOne = (row: string | undefined) => row?.startsWith('tab 103 ')
  await expect.poll(() => isOne(rows()[0])).toBe(true)
  expect(rows()[1]).toMatch(/^tab 2 /)
})
