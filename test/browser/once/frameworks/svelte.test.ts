import { flushSync, mount, unmount } from 'svelte'
import { derived, get } from 'svelte/store'
import { expect, onTestFinished, test } from 'vitest'
import { latchkeyState, signedIn } from '../../../../src/clients/svelte.js'
import type { Latchkey } from '../../../../src/index.js'
import { settled } from '../../../shared/fixtures/events.js'
import SignedIn from '../../../shared/fixtures/signed-in.svelte'
import { ANN, expectSilence, make } from './fixtures.js'

expectSilence()

function mounted(latchkey: Latchkey) {
  const target = document.body.appendChild(document.createElement('div'))
  onTestFinished(() => target.remove())
  const component = mount(SignedIn, { target, props: { latchkey } })
  const text = () => {
    flushSync()
    return [...target.children].map(({ textContent }) => textContent?.trim())
  }
  return { text, unmount: () => unmount(component) }
}

test('a component shows $state, $signedIn and a rune made of the store, and follows until it is unmounted', async () => {
  const { latchkey, count } = make()
  const { text, unmount } = mounted(latchkey)
  expect(text()).toEqual(['unknown nobody', '?', 'undefined'])
  await expect.poll(text).toEqual(['signed-out nobody', 'out', 'false'])
  await latchkey.set(ANN)
  await expect.poll(text).toEqual(['signed-in ann', 'in', 'true'])
  await latchkey.refresh()
  await expect.poll(text).toEqual(['signed-in ann admin', 'in', 'true'])
  expect(count()).toBeGreaterThan(0)
  await unmount()
  await expect.poll(count).toBe(0)
  latchkey.dispose()
})

test('each store calls at once, then for what it tells and for nothing else, and each subscriber for itself', async () => {
  const { latchkey, count } = make()
  await latchkey.ready()
  const states: string[] = []
  const told: (boolean | undefined)[] = []
  const late: (boolean | undefined)[] = []
  const store = signedIn(latchkey)
  const stops = [
    latchkeyState(latchkey).subscribe(({ status, claims }) => void states.push(`${status} ${claims?.role}`)),
    store.subscribe((value) => void told.push(value)),
  ]
  expect([states, told]).toEqual([['signed-out undefined'], [false]])
  await latchkey.set(ANN)
  await settled()
  stops.push(store.subscribe((value) => void late.push(value)))
  await latchkey.refresh()
  await latchkey.fetch('data:,').catch(() => {})
  await settled()
  expect([states, told, late]).toEqual([
    ['signed-out undefined', 'signed-in undefined', 'signed-in admin'],
    [false, true],
    [true],
  ])
  for (const stop of stops) stop()
  expect(count()).toBe(0)
  latchkey.dispose()
})

test('Svelte’s own get and derived take them for stores, and leave no listener', async () => {
  const { latchkey, count } = make()
  await latchkey.set(ANN)
  expect(get(latchkeyState(latchkey))).toBe(latchkey.state)
  const greeting = derived(signedIn(latchkey), (isIn) => (isIn ? 'hello' : 'who are you?'))
  const heard: string[] = []
  const stop = greeting.subscribe((text) => void heard.push(text))
  await latchkey.clear()
  await settled()
  stop()
  expect([heard, count()]).toEqual([['hello', 'who are you?'], 0])
  latchkey.dispose()
})

test('what is no instance is refused', () => {
  const wrong = {} as Latchkey
  for (const store of [latchkeyState, signedIn])
    expect(() => store(wrong)).toThrow(new TypeError('"latchkey" must be what createLatchkey returns'))
})
