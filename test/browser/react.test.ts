import { createElement, type ReactElement, StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { LatchkeyProvider, useLatchkey, useLatchkeyState, useSignedIn } from '../../src/clients/react.js'
import { createLatchkey, jwtStrategy, type Latchkey, type LatchkeyOptions } from '../../src/index.js'
import { codeOf, settled } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { listening } from '../shared/fixtures/listening.js'
import { ownName } from './fixtures.js'
import { counted } from './left-behind.js'

const ANN = { access_token: jwtOf({ sub: 'ann' }), expires_in: 3600 }
const RENEWED = { access_token: jwtOf({ sub: 'ann', role: 'admin' }), expires_in: 3600 }
const BOB = { access_token: jwtOf({ sub: 'bob' }), expires_in: 3600 }

let name = ''
/** An app's one instance, as it would stand in a module. */
const make = (more: Partial<LatchkeyOptions> = {}) =>
  createLatchkey({ strategy: jwtStrategy({ storage: 'local' }), allowedOrigins: ['self'], name, ...more })

const said = () => [vi.mocked(console.error).mock.calls, vi.mocked(console.warn).mock.calls]
const reads = () => vi.mocked(Storage.prototype.getItem).mock.calls.filter(([key]) => key.endsWith(name))

beforeEach(() => {
  name = ownName()
  vi.spyOn(console, 'error')
  vi.spyOn(console, 'warn')
  vi.spyOn(Storage.prototype, 'getItem')
})
afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

/** A component below a provider of that instance. */
const below = (latchkey: Latchkey, component: () => ReactElement) =>
  createElement(LatchkeyProvider, { latchkey }, createElement(component))

/** A place in the page that shows a component below StrictMode, which mounts all twice. */
function makeRoot() {
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  onTestFinished(() => {
    root.unmount()
    place.remove()
  })
  return {
    render: (component: () => ReactElement) =>
      root.render(createElement(StrictMode, null, createElement(component))),
    unmount: () => root.unmount(),
    text: () => place.textContent,
  }
}

test('one instance and two components below StrictMode: no warning, one look into the store, no listener left', async () => {
  await make().set(ANN)
  vi.mocked(Storage.prototype.getItem).mockClear()
  const { latchkey, count } = listening(make())
  const mounts: unknown[] = []
  const User = () => {
    const { status, subject } = useLatchkeyState()
    useEffect(() => void mounts.push('again'), [])
    return createElement('p', null, `${status} ${subject} `)
  }
  const { render, unmount, text } = makeRoot()
  render(() => createElement(LatchkeyProvider, { latchkey }, createElement(User), createElement(User)))
  await expect.poll(text).toBe('signed-in ann signed-in ann ')
  // React shows first and runs effects later.
  await expect.poll(() => mounts.length).toBe(4)
  expect([reads().length, count()]).toEqual([1, 2])
  await latchkey.clear()
  await expect.poll(text).toBe('signed-out undefined signed-out undefined ')
  await latchkey.set(BOB)
  await expect.poll(text).toBe('signed-in bob signed-in bob ')
  unmount()
  await latchkey.clear()
  await settled()
  expect([said(), count()]).toEqual([[[], []], 0])
  latchkey.dispose()
})

test('a component is rendered again for what it reads and for nothing else', async () => {
  const latchkey = make({ refresh: async () => RENEWED })
  await latchkey.ready()
  const shown: string[] = []
  const Status = () => {
    const { status, claims } = useLatchkeyState()
    useEffect(() => void shown.push(`${status} ${claims?.role}`))
    return createElement('p', null, status)
  }
  const SignedIn = () => {
    const signedIn = useSignedIn()
    useEffect(() => void shown.push(String(signedIn)))
    return createElement('p', null, String(signedIn))
  }
  const Sender = () => {
    const mine = useLatchkey()
    useEffect(() => void shown.push(mine === latchkey ? 'the instance' : 'another'))
    return null
  }
  const { render, text } = makeRoot()
  const parts = [Status, SignedIn, Sender].map((part) => createElement(part, { key: part.name }))
  render(() => createElement(LatchkeyProvider, { latchkey }, parts))
  await expect.poll(text).toBe('signed-outfalse')
  await expect.poll(() => shown).toContain('the instance')
  const before = shown.length
  await latchkey.fetch('data:,').catch(() => {})
  await latchkey.clear()
  await settled()
  expect(shown.slice(before)).toEqual([])
  await latchkey.set(ANN)
  await expect.poll(() => shown.slice(before)).toEqual(['signed-in undefined', 'true'])
  await latchkey.refresh()
  await expect.poll(() => shown.slice(before)).toEqual(['signed-in undefined', 'true', 'signed-in admin'])
  await settled()
  expect(shown.slice(before)).toHaveLength(3)
  latchkey.dispose()
})

test('an instance made in an effect and disposed of in its clean-up leaves nothing, below StrictMode too', async () => {
  await make().set(ANN)
  const { render, unmount, text } = makeRoot()
  const count = counted()
  onTestFinished(() => void count.stop())
  const before = count.left()
  const made: Latchkey[] = []
  const Signed = () => createElement('p', null, useLatchkeyState().status)
  render(() => {
    const [latchkey, use] = useState<Latchkey>()
    useEffect(() => {
      const mine = make()
      made.push(mine)
      use(mine)
      return () => mine.dispose()
    }, [])
    return latchkey ? below(latchkey, Signed) : createElement('p')
  })
  await expect.poll(text).toBe('signed-in')
  expect(made.length).toBe(2)
  unmount()
  await expect
    .poll(() => Promise.all(made.map((one) => codeOf(one.ready()))))
    .toEqual(Array(2).fill('ERR_DISPOSED'))
  await expect.poll(() => count.left().channels).toBe(0)
  expect([count.left(), said()]).toEqual([before, [[], []]])
})

test('an instance made in a useState initialiser says that StrictMode has disposed of it, and a new one works', async () => {
  await make().set(ANN)
  const { render, unmount, text } = makeRoot()
  const made: Latchkey[] = []
  const used: Latchkey[] = []
  const Status = () => createElement('p', null, useLatchkeyState().status)
  const App = () => {
    const [latchkey, use] = useState(() => {
      const mine = make()
      made.push(mine)
      return mine
    })
    useEffect(() => {
      used.push(latchkey)
      const again = () => {
        made.push(make())
        use(made.at(-1) ?? latchkey)
      }
      latchkey.ready().catch((error) => error.code === 'ERR_DISPOSED' && again())
      return () => latchkey.dispose()
    }, [latchkey])
    return below(latchkey, Status)
  }
  render(App)
  await expect.poll(text).toBe('signed-in')
  await expect.poll(() => used.at(-1) === made.at(-1)).toBe(true)
  unmount()
  const ends = () => Promise.all(made.map((one) => codeOf(one.ready())))
  // React calls an initialiser twice, and nobody is ever told of the second instance.
  await expect.poll(ends).toEqual(['ERR_DISPOSED', 'fulfilled', 'ERR_DISPOSED'])
  expect(said()).toEqual([[], []])
})
