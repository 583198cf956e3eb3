import { expect, test, vi } from 'vitest'
import { deferred, never } from '../../shared/fixtures/faults.js'
import { FIRST } from '../../shared/fixtures/instance.js'
import { keeping, pageByHand, seconds, show } from './page-by-hand.js'

pageByHand()

test('it is gone after dispose: no timer, and no listener that would start one', async () => {
  const { latchkey, refresh } = await keeping()
  latchkey.dispose()
  expect(vi.getTimerCount()).toBe(0)
  show('hidden')
  show('visible')
  await seconds(10_000)
  expect([refresh.calls, vi.getTimerCount()]).toEqual([0, 0])
})

test('a refresh that is under way when it is disposed of starts no timer at its end', async () => {
  const { latchkey, refresh } = await keeping()
  const answer = deferred()
  refresh.before = () => answer.promise
  await seconds(3575)
  latchkey.dispose()
  answer.resolve()
  await seconds(0)
  expect([refresh.calls, vi.getTimerCount()]).toEqual([1, 0])
})

test('there is no timer while nobody is signed in', async () => {
  const { latchkey } = await keeping()
  await latchkey.clear()
  await seconds(0)
  expect(vi.getTimerCount()).toBe(0)
  await latchkey.set(FIRST)
  await seconds(0)
  expect(vi.getTimerCount()).toBe(1)
  latchkey.dispose()
})

test('while a refresh hangs, the idle time passes: its warning and its end come in time', async () => {
  const limits = { idleTimeoutSeconds: 3700, refreshTimeoutSeconds: 3600 }
  const { latchkey, refresh, types } = await keeping(true, limits)
  refresh.before = never
  await seconds(3630)
  expect([refresh.calls, types()]).toEqual([1, []])
  await seconds(20)
  expect(types()).toEqual(['going-idle'])
  await seconds(60)
  expect([latchkey.state.reason, types()]).toEqual(['idle', ['going-idle', 'signed-out']])
  latchkey.dispose()
})
