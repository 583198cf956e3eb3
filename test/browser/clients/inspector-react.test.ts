import { createElement, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { defineInspector } from '../../../src/clients/inspector/index.js'
import { LatchkeyProvider, useLatchkey, useLatchkeyState } from '../../../src/clients/react.js'
import { settled } from '../../shared/fixtures/events.js'
import { listening } from '../../shared/fixtures/listening.js'
import { ANN, make, readable } from './inspector-fixtures.js'

beforeEach(() => {
  for (const method of ['error', 'warn'] as const) vi.spyOn(console, method)
})
afterEach(() => void vi.restoreAllMocks())

const said = () => [vi.mocked(console.error).mock.calls, vi.mocked(console.warn).mock.calls]

/** The inspector of the nearest instance, as an app has it below its provider: with a new list for each rendering. */
function Inspector() {
  const latchkey = useLatchkey()
  const { subject } = useLatchkeyState()
  const [isShown, show] = useState(true)
  const toggle = createElement(
    'button',
    { type: 'button', onClick: () => show(!isShown) },
    subject ?? 'nobody',
  )
  return [
    createElement('p', { key: 'toggle' }, toggle),
    isShown && createElement('latchkey-inspector', { key: 'inspector', latchkeys: [latchkey] }),
  ]
}

test('in a React app below StrictMode: no warning, one listener, and none when it is shown no more', async () => {
  defineInspector()
  const { latchkey, count } = listening(make({ refresh: async () => ANN, subject: () => 'ann' }))
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  onTestFinished(() => {
    root.unmount()
    place.remove()
  })
  const app = createElement(LatchkeyProvider, { latchkey }, createElement(Inspector))
  root.render(createElement(StrictMode, null, app))
  const element = () => place.querySelector<HTMLElement>('latchkey-inspector')
  await expect
    .poll(() => element()?.shadowRoot?.textContent)
    .toContain('this tab · memory is watched from now on')
  const found = element()
  if (!found) throw new Error('there is no inspector')
  const { rows, fact } = readable(found)
  await latchkey.set(ANN)
  await latchkey.refresh()
  await expect.poll(() => [fact('User'), place.querySelector('button')?.textContent]).toEqual(['ann', 'ann'])
  await settled()
  // Rendered again for each new state, it is the same element, and goes on.
  expect([element() === found, rows().filter((row) => row.endsWith('watched from now on')).length]).toEqual([
    true,
    1,
  ])
  // Two are React's and one is the inspector's.
  const before = count()
  place.querySelector('button')?.click()
  await expect.poll(element).toBe(null)
  expect([before - count(), said()]).toEqual([1, [[], []]])
})

test('rendered on a server it is an empty element, without a warning', () => {
  const latchkey = make()
  const app = createElement(LatchkeyProvider, { latchkey }, createElement(Inspector))
  expect(renderToString(app)).toContain('<latchkey-inspector></latchkey-inspector>')
  expect(said()).toEqual([[], []])
})
