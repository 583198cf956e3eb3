import { expect, test } from 'vitest'
import type { LatchkeyEvent } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { never } from '../../shared/fixtures/faults.js'
import { FIRST, ME, signedIn } from '../../shared/fixtures/instance.js'
import { catchThrown } from './thrown.js'

/** What listeners throw goes to the page. */
const toThePage = catchThrown()

test('a listener is called once at subscription, then once for each change', async () => {
  const { latchkey } = await signedIn()
  const told: [string, string][] = []
  latchkey.subscribe(({ status }, { type }) => told.push([status, type]))
  expect(told).toEqual([['signed-in', 'initial']])
  await latchkey.clear()
  await latchkey.set(FIRST)
  await settled()
  expect(told.slice(1)).toEqual([
    ['signed-out', 'signed-out'],
    ['signed-in', 'signed-in'],
  ])
})

test('a listener gets the state that belongs to its event, whatever came after', async () => {
  const { latchkey } = await signedIn()
  const told: unknown[] = []
  latchkey.subscribe(({ status }, { type }) => told.push(`${type}: ${status}`))
  void latchkey.clear()
  await latchkey.set(FIRST)
  await settled()
  expect(told).toEqual(['initial: signed-in', 'signed-out: signed-out', 'signed-in: signed-in'])
})

test('a listener that is stopped hears no more, not even what was under way', async () => {
  const { latchkey } = await signedIn()
  const told: LatchkeyEvent[] = []
  const stop = latchkey.subscribe((_, event) => told.push(event))
  const cleared = latchkey.clear()
  stop()
  stop()
  await cleared
  await settled()
  expect(told).toHaveLength(1)
})

test('the same function subscribed twice is two listeners, and stopping one leaves the other', async () => {
  const { latchkey } = await signedIn()
  const told: LatchkeyEvent[] = []
  const listener = (_: unknown, event: LatchkeyEvent) => void told.push(event)
  const stop = latchkey.subscribe(listener)
  latchkey.subscribe(listener)
  stop()
  await latchkey.clear()
  await settled()
  expect(told.map(({ type }) => type)).toEqual(['initial', 'initial', 'signed-out'])
})

test('a listener that throws disturbs neither the others nor the caller', async () => {
  const { latchkey } = await signedIn()
  const told: LatchkeyEvent[] = []
  latchkey.subscribe((_, { type }) => {
    if (type !== 'initial') throw new Error('the listener’s own')
  })
  latchkey.subscribe((_, event) => told.push(event))
  await latchkey.clear()
  await settled()
  expect(told.map(({ type }) => type)).toEqual(['initial', 'signed-out'])
  expect(toThePage.map(String)).toEqual(['Error: the listener’s own'])
})

test('a listener that never settles blocks nobody', async () => {
  const { latchkey } = await signedIn()
  latchkey.subscribe(never)
  await latchkey.clear()
  expect(latchkey.state.status).toBe('signed-out')
})

test('a listener may fetch, refresh, set and clear from within', async () => {
  const { latchkey, api } = await signedIn()
  const told: string[] = []
  latchkey.subscribe(async (_, { type }) => {
    told.push(type)
    if (type !== 'refreshed') return
    await latchkey.fetch(ME)
    await latchkey.clear()
    await latchkey.set({ access_token: 'from-within' })
  })
  expect(await codeOf(latchkey.refresh())).toBe('ERR_SIGNED_OUT')
  await expect.poll(() => told.at(-1)).toBe('signed-in')
  expect(api.seen).toEqual(['Bearer at-1'])
  expect(told).toEqual(['initial', 'refreshed', 'signed-out', 'signed-in'])
})

test('a listener may subscribe another from within', async () => {
  const { latchkey } = await signedIn()
  const told: string[] = []
  const stop = latchkey.subscribe((_, { type }) => {
    if (type === 'signed-out') latchkey.subscribe((__, event) => told.push(event.type))
  })
  await latchkey.clear()
  await settled()
  stop()
  await latchkey.set(FIRST)
  await settled()
  expect(told).toEqual(['initial', 'signed-in'])
})
