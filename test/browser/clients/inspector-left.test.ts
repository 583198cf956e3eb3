import { expect, onTestFinished, test, vi } from 'vitest'
import { inspect } from '../../../src/clients/inspector/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { listening } from '../../shared/fixtures/listening.js'
import { counted } from '../left-behind.js'
import { ANN, make } from './inspector-fixtures.js'

function watched() {
  const count = counted()
  onTestFinished(() => void count.stop())
  return count
}

test('an inspector that is removed leaves no listener, timer or channel', async () => {
  const count = watched()
  const { latchkey, count: listeners } = listening(make())
  await latchkey.set(ANN)
  await settled()
  const before = count.left()
  const inspector = inspect(latchkey)
  expect(count.left()).toMatchObject({ timers: 1, channels: 1, listeners: Number(before.listeners) + 2 })
  expect(listeners()).toBe(1)
  await latchkey.refresh().catch(() => {})
  inspector.remove()
  expect(listeners()).toBe(0)
  // What was being loaded for its fingerprint is still waited for.
  await expect.poll(() => count.left()).toEqual(before)
  expect(inspector.shadowRoot?.textContent).toBe('')
})

test('put back it listens again, and moved within the page it listens once', async () => {
  const count = watched()
  const { latchkey, count: listeners } = listening(make())
  const inspector = inspect(latchkey)
  onTestFinished(() => inspector.remove())
  document.body.prepend(inspector)
  inspector.latchkeys = [latchkey]
  inspector.words = {}
  expect([listeners(), count.left()]).toEqual([1, expect.objectContaining({ timers: 1, channels: 1 })])
  inspector.remove()
  inspector.latchkeys = []
  inspector.latchkeys = [latchkey]
  expect([listeners(), count.left()]).toEqual([0, expect.objectContaining({ timers: 0, channels: 0 })])
  document.body.append(inspector)
  expect(listeners()).toBe(1)
})

test('a page that is left has no channel open, so that the browser may keep it', async () => {
  const count = watched()
  const inspector = inspect(make())
  onTestFinished(() => inspector.remove())
  const { channels } = count.left()
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  expect(count.left().channels).toBe(Number(channels) - 1)
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  expect(count.left().channels).toBe(channels)
})

test('where there are no channels, or all is blocked, it shows this tab alone', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  onTestFinished(() => void vi.unstubAllGlobals())
  const latchkey = make()
  const inspector = inspect(latchkey)
  await latchkey.set(ANN)
  await settled()
  expect(inspector.shadowRoot?.textContent).toContain('this tab · memory signed in')
  inspector.remove()
})

test('an instance that was disposed of is shown as it was left', async () => {
  const latchkey = make()
  await latchkey.set(ANN)
  latchkey.dispose()
  const inspector = inspect(latchkey)
  onTestFinished(() => inspector.remove())
  await settled()
  expect(inspector.shadowRoot?.textContent).toContain('signed-in')
})

test('an instance that can’t be shown leaves nothing of the others behind', async () => {
  const count = watched()
  const { latchkey, count: listeners } = listening(make())
  const before = count.left()
  const subscribe = () => {
    throw new Error('broken')
  }
  const { state, fingerprint } = make()
  const inspector = inspect(latchkey)
  onTestFinished(() => inspector.remove())
  const broken = [latchkey, { state, fingerprint, subscribe }]
  expect(() => Object.assign(inspector, { latchkeys: broken })).toThrow('broken')
  expect(listeners()).toBe(0)
  expect(inspector.shadowRoot?.textContent).toBe('')
  await expect.poll(() => count.left()).toMatchObject({ timers: before.timers, channels: before.channels })
})
