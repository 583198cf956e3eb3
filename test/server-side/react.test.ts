import { createElement, Fragment, Suspense, use } from 'react'
import { renderToString } from 'react-dom/server'
import { prerender } from 'react-dom/static'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LatchkeyProvider, useLatchkey, useLatchkeyState, useSignedIn } from '../../src/clients/react.js'
import type { Latchkey } from '../../src/index.js'
import { asText, each, make, users } from './users.js'

beforeEach(() => void vi.spyOn(console, 'error'))
afterEach(() => expect(console.error).not.toHaveBeenCalled())

const State = () => {
  const { status, subject } = useLatchkeyState()
  return createElement('p', null, `${status} ${subject} ${useSignedIn()}`)
}

/** Shows whose instance it was given, once it has been waited for. */
const Owner = ({ ready }: { ready: Promise<unknown> }) => {
  use(ready)
  return createElement('b', null, useLatchkey().state.subject)
}

const page = (latchkey: Latchkey) => {
  const owner = createElement(Owner, { ready: latchkey.ready() })
  const below = createElement(Suspense, null, createElement(Fragment, null, createElement(State), owner))
  return createElement(LatchkeyProvider, { latchkey }, below)
}

test('React renders an unknown state, also for an instance that is signed in', async () => {
  const latchkey = await make('ann')
  const html = renderToString(createElement(LatchkeyProvider, { latchkey }, createElement(State)))
  expect(html).toBe('<p>unknown undefined undefined</p>')
  latchkey.dispose()
})

test('React, rendering for 100 users at once, gives each page its own user’s instance', async () => {
  const pages = await each(async (latchkey) => {
    const { prelude } = await prerender(page(latchkey))
    return asText(prelude)
  })
  const shown = pages.map((html) => [/<p>([^<]*)<\/p>/.exec(html)?.[1], /<b>([^<]*)<\/b>/.exec(html)?.[1]])
  expect(shown).toEqual(users.map((user) => ['unknown undefined undefined', user]))
})

test('a component without a provider says what is missing, and a provider without an instance, too', () => {
  expect(() => renderToString(createElement(State))).toThrow(
    new TypeError('"latchkey" must be given by a LatchkeyProvider around the component'),
  )
  const wrong = {} as Latchkey
  expect(() => renderToString(createElement(LatchkeyProvider, { latchkey: wrong }))).toThrow(
    new TypeError('"latchkey" must be what createLatchkey returns'),
  )
})
