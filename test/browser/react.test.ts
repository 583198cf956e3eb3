import {
  createElement,
  type ReactElement,
  StrictMode,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createLatchkey, jwtStrategy, type Latchkey } from '../../src/index.js'
import { codeOf, settled } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { ownName } from './fixtures.js'
import { counted } from './left-behind.js'

const ANN = { access_token: jwtOf({ sub: 'ann' }), expires_in: 3600 }
const BOB = { access_token: jwtOf({ sub: 'bob' }), expires_in: 3600 }

let name = ''
/** An app's one instance, as it would stand in a module. */
const make = () =>
  createLatchkey({ strategy: jwtStrategy({ storage: 'local' }), allowedOrigins: ['self'], name })

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

/** What an app would have in each of its components. */
const useLatchkey = (latchkey: Latchkey) => useSyncExternalStore(latchkey.subscribe, () => latchkey.state)

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

test('one instance and two components below StrictMode: no warning, one look into the store', async () => {
  await make().set(ANN)
  vi.mocked(Storage.prototype.getItem).mockClear()
  const latchkey = make()
  const mounts: unknown[] = []
  const User = () => {
    const { status, subject } = useLatchkey(latchkey)
    useEffect(() => void mounts.push('again'), [])
    return createElement('p', null, `${status} ${subject} `)
  }
  const { render, unmount, text } = makeRoot()
  render(() => createElement('main', null, createElement(User), createElement(User)))
  await expect.poll(text).toBe('signed-in ann signed-in ann ')
  // React shows first and runs effects later.
  await expect.poll(() => mounts.length).toBe(4)
  expect(reads().length).toBe(1)
  await latchkey.clear()
  await expect.poll(text).toBe('signed-out undefined signed-out undefined ')
  await latchkey.set(BOB)
  await expect.poll(text).toBe('signed-in bob signed-in bob ')
  unmount()
  await latchkey.clear()
  await settled()
  expect(said()).toEqual([[], []])
  latchkey.dispose()
})

test('a component is rendered again for what changes, and for nothing else', async () => {
  const latchkey = make()
  const shown: string[] = []
  const { render, text } = makeRoot()
  render(() => {
    const { status } = useLatchkey(latchkey)
    useEffect(() => void shown.push(status), [status])
    return createElement('p', null, status)
  })
  await expect.poll(text).toBe('signed-out')
  await expect.poll(() => shown.at(-1)).toBe('signed-out')
  const before = shown.length
  await latchkey.fetch('data:,').catch(() => {})
  await latchkey.clear()
  await settled()
  expect(shown.slice(before)).toEqual([])
  await latchkey.set(ANN)
  await expect.poll(text).toBe('signed-in')
  await expect.poll(() => shown.slice(before)).toEqual(['signed-in'])
  latchkey.dispose()
})

test('an instance made in an effect and disposed of in its clean-up leaves nothing, below StrictMode too', async () => {
  await make().set(ANN)
  const { render, unmount, text } = makeRoot()
  const count = counted()
  onTestFinished(() => void count.stop())
  const before = count.left()
  const made: Latchkey[] = []
  const Signed = ({ latchkey }: { latchkey: Latchkey }) =>
    createElement('p', null, useLatchkey(latchkey).status)
  render(() => {
    const [latchkey, use] = useState<Latchkey>()
    useEffect(() => {
      const mine = make()
      made.push(mine)
      use(mine)
      return () => mine.dispose()
    }, [])
    return latchkey ? createElement(Signed, { latchkey }) : createElement('p')
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
  const App = () => {
    const [latchkey, use] = useState(() => {
      const mine = make()
      made.push(mine)
      return mine
    })
    const { status } = useLatchkey(latchkey)
    useEffect(() => {
      used.push(latchkey)
      const again = () => {
        made.push(make())
        use(made.at(-1) ?? latchkey)
      }
      latchkey.ready().catch((error) => error.code === 'ERR_DISPOSED' && again())
      return () => latchkey.dispose()
    }, [latchkey])
    return createElement('p', null, status)
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
