import { renderToString as vueToString } from '@vue/server-renderer'
import { createElement } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString as reactToString } from 'react-dom/server'
import { flushSync, hydrate, unmount } from 'svelte'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createSSRApp, defineComponent, h } from 'vue'
import { LatchkeyProvider, useLatchkeyState, useSignedIn } from '../../../../src/clients/react.js'
import { latchkeyPlugin, useLatchkey } from '../../../../src/clients/vue.js'
import { createLatchkey, type Latchkey, memoryStrategy } from '../../../../src/index.js'
import SignedIn from '../../../shared/fixtures/signed-in.svelte'
import { unknownHtml } from '../../../shared/fixtures/signed-in-html.js'
import { expectSilence } from './fixtures.js'

/** What the server has sent: its page knows nobody. */
const UNKNOWN = '<p>unknown undefined</p>'

expectSilence()

let latchkey: Latchkey
beforeEach(async () => {
  latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'], subject: () => 'ann' })
  // So that the browser knows more than the server from the very start.
  await latchkey.set({ access_token: 'token' })
})
afterEach(() => latchkey.dispose())

function placeWith(html: string) {
  const place = document.body.appendChild(document.createElement('div'))
  onTestFinished(() => place.remove())
  place.innerHTML = html
  return place
}

test('React hydrates what the server rendered without a mismatch, and shows who is signed in then', async () => {
  const User = () => createElement('p', null, `${useLatchkeyState().status} ${useSignedIn()}`)
  const page = createElement(LatchkeyProvider, { latchkey }, createElement(User))
  const html = reactToString(page)
  expect(html).toBe(UNKNOWN)
  const place = placeWith(html)
  const paragraph = place.firstChild
  const mismatches: unknown[] = []
  const root = hydrateRoot(place, page, { onRecoverableError: (error) => mismatches.push(error) })
  onTestFinished(() => root.unmount())
  await expect.poll(() => place.textContent).toBe('signed-in true')
  expect([mismatches, place.firstChild]).toEqual([[], paragraph])
})

test('Vue hydrates what the server rendered without a mismatch, and shows who is signed in then', async () => {
  const User = defineComponent(() => {
    const { state, signedIn } = useLatchkey()
    return () => h('p', `${state.value.status} ${signedIn.value}`)
  })
  const make = () => createSSRApp(User).use(latchkeyPlugin, latchkey)
  const html = await vueToString(make())
  expect(html).toBe(UNKNOWN)
  const place = placeWith(html)
  const paragraph = place.firstChild
  const app = make()
  app.mount(place)
  onTestFinished(() => app.unmount())
  await expect.poll(() => place.textContent).toBe('signed-in true')
  expect(place.firstChild).toBe(paragraph)
})

test('Svelte hydrates what the server rendered without a warning, and shows who is signed in at once', async () => {
  const target = placeWith(unknownHtml)
  const paragraph = target.querySelector('p')
  const component = hydrate(SignedIn, { target, props: { latchkey } })
  onTestFinished(() => void unmount(component))
  flushSync()
  const text = [...target.children].map(({ textContent }) => textContent?.trim())
  expect(text).toEqual(['signed-in ann', 'in', 'true'])
  expect(target.querySelector('p')).toBe(paragraph)
})
