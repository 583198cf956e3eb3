import { expect, onTestFinished, test, vi } from 'vitest'
import {
  createApp,
  defineComponent,
  effectScope,
  h,
  isReadonly,
  nextTick,
  onMounted,
  onUnmounted,
  type Ref,
} from 'vue'
import { latchkeyPlugin, provideLatchkey, useLatchkey } from '../../../../src/clients/vue.js'
import type { Latchkey } from '../../../../src/index.js'
import { settled } from '../../../shared/fixtures/events.js'
import { jwtOf } from '../../../shared/fixtures/jwt.js'
import { ANN, expectSilence, make } from './fixtures.js'

const BOB = { access_token: jwtOf({ sub: 'bob' }), expires_in: 3600 }

expectSilence()

const User = defineComponent(() => {
  const { state, signedIn } = useLatchkey()
  return () => h('p', `${state.value.subject} ${state.value.claims?.role} ${signedIn.value} `)
})

/** An app in the page, which is given the instance. */
function mounted(latchkey: Latchkey, component = User) {
  const place = document.body.appendChild(document.createElement('div'))
  onTestFinished(() => place.remove())
  const app = createApp(component).use(latchkeyPlugin, latchkey)
  app.mount(place)
  return { app, text: () => place.textContent }
}

test('components show the state and follow it, until they are unmounted', async () => {
  const { latchkey, count } = make()
  const { app, text } = mounted(
    latchkey,
    defineComponent(() => () => [h(User), h(User)]),
  )
  await expect.poll(text).toBe('undefined undefined false '.repeat(2))
  expect(count()).toBe(2)
  await latchkey.set(ANN)
  await expect.poll(text).toBe('ann undefined true '.repeat(2))
  await latchkey.refresh()
  await expect.poll(text).toBe('ann admin true '.repeat(2))
  app.unmount()
  expect(count()).toBe(0)
  await latchkey.clear()
  latchkey.dispose()
})

test('a component is rendered again for what it reads and for nothing else', async () => {
  const { latchkey } = make()
  const shown: unknown[] = []
  const SignedIn = defineComponent(() => {
    const { signedIn } = useLatchkey()
    return () => h('p', String(shown.push(signedIn.value)))
  })
  mounted(latchkey, SignedIn)
  await expect.poll(() => shown).toEqual([undefined, false])
  await latchkey.set(ANN)
  await latchkey.refresh()
  await latchkey.fetch('data:,').catch(() => {})
  await settled()
  expect(shown).toEqual([undefined, false, true])
  latchkey.dispose()
})

test('an instance provided by a component goes to those below it, and the app’s to all others', async () => {
  const [{ latchkey: outer }, { latchkey: inner }] = [make(), make()]
  await outer.set(ANN)
  await inner.set(BOB)
  const Inner = defineComponent(() => {
    provideLatchkey(inner)
    return () => h(User)
  })
  const { text } = mounted(
    outer,
    defineComponent(() => () => [h(User), h(Inner)]),
  )
  await expect.poll(text).toBe('ann undefined true bob undefined true ')
  for (const one of [outer, inner]) one.dispose()
})

test('asked for when the component is mounted already, it is followed at once, until it is unmounted', async () => {
  const { latchkey, count } = make()
  await latchkey.set(ANN)
  const used: (ReturnType<typeof useLatchkey> | undefined)[] = []
  const told = () => used.map((one) => one?.signedIn.value)
  const Late = defineComponent(() => {
    onMounted(() => void used.push(useLatchkey()))
    // As a store is made that no other component has asked for.
    onMounted(() => void used.push(effectScope(true).run(() => useLatchkey())))
    onUnmounted(() => void used.push(useLatchkey()))
    return () => null
  })
  const { app } = mounted(latchkey, Late)
  await expect.poll(told).toEqual([true, true])
  await latchkey.clear()
  await settled()
  expect(told()).toEqual([false, false])
  app.unmount()
  // The store's alone is left: its scope was not ended, and what is unmounted follows nothing.
  expect([told(), count()]).toEqual([[false, false, false], 1])
  latchkey.dispose()
})

test('outside of a component it is followed from the start to the end of the scope; without a scope it is that of now', async () => {
  const { latchkey, count } = make()
  const { app } = mounted(
    latchkey,
    defineComponent(() => () => null),
  )
  await latchkey.ready()
  const use = () => app.runWithContext(() => useLatchkey())
  const scope = effectScope()
  const followed = scope.run(use)
  const momentary = use()
  expect([followed?.state.value, momentary.state.value, count()]).toEqual([latchkey.state, latchkey.state, 1])
  await latchkey.set(ANN)
  await nextTick()
  expect([followed?.signedIn.value, momentary.signedIn.value]).toEqual([true, false])
  scope.stop()
  expect(count()).toBe(0)
  latchkey.dispose()
})

test('the state can’t be written, and where no instance was given an error says so', async () => {
  const { latchkey } = make()
  const { app } = mounted(
    latchkey,
    defineComponent(() => () => null),
  )
  const { state, latchkey: given } = app.runWithContext(() => useLatchkey())
  expect([isReadonly(state), given]).toEqual([true, latchkey])
  const before = state.value
  vi.mocked(console.warn).mockImplementation(() => {})
  ;(state as Ref).value = undefined
  expect(state.value).toBe(before)
  expect(vi.mocked(console.warn).mock.calls.join()).toContain('readonly')
  vi.mocked(console.warn).mockClear()
  const bare = createApp(User)
  expect(() => bare.runWithContext(() => useLatchkey())).toThrow(
    new TypeError(
      '"latchkey" must be given by app.use(latchkeyPlugin, latchkey) or provideLatchkey(latchkey)',
    ),
  )
  const wrong = {} as Latchkey
  expect(() => bare.use(latchkeyPlugin, wrong)).toThrow(
    new TypeError('"latchkey" must be what createLatchkey returns'),
  )
  latchkey.dispose()
})
