import axe from 'axe-core'
import { expect, onTestFinished, test } from 'vitest'
import type { InspectorElement } from '../../../src/clients/inspector/index.js'
import { jwtStrategy } from '../../../src/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { ownName } from '../fixtures.js'
import { ANN, API, make, readable, shown } from './inspector-fixtures.js'

/** An inspector of two instances to which everything has happened. */
async function busy() {
  const [one, other] = [
    make({ strategy: jwtStrategy({ storage: 'local' }), name: ownName(), refresh: async () => ANN }),
    make(),
  ]
  onTestFinished(() => localStorage.clear())
  const made = shown(one, other)
  await one.set(ANN)
  for (let turn = 0; turn < 20; turn += 1) await one.fetch(`${API}/me`)
  await one.fetch('https://a-very-long-name-of-a-host-that-is-not-on-the-list.other.example/')
  await one.refresh()
  await other.clear()
  await settled()
  return made
}

/** Whether the look is that one, by the page's own word or by the person's. */
const schemes = ['light', 'dark'] as const

test.for(schemes)('axe finds nothing in it, %s', async (scheme) => {
  const { inspector } = await busy()
  inspector.style.colorScheme = scheme
  inspector.style.position = 'absolute'
  const opened = [...(inspector.shadowRoot?.querySelectorAll('details') ?? [])]
  for (const details of opened) details.open = true
  const { violations, passes } = await axe.run(inspector)
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  // Or nothing of it was looked at.
  const looked = passes.map(({ id }) => id)
  expect(looked).toEqual(
    expect.arrayContaining(['color-contrast', 'scrollable-region-focusable', 'definition-list']),
  )
})

test('light and dark are two looks', async () => {
  const { inspector, all } = await busy()
  const looks = schemes.map((scheme) => {
    inspector.style.colorScheme = scheme
    const [section] = all('section')
    return section && [getComputedStyle(section).backgroundColor, getComputedStyle(section).color]
  })
  expect(looks).toEqual([
    ['rgb(255, 255, 255)', 'rgb(29, 27, 22)'],
    ['rgb(29, 33, 37)', 'rgb(236, 234, 228)'],
  ])
})

test('it is light or dark as the page is', async () => {
  const { all } = await busy()
  onTestFinished(() => void document.documentElement.style.removeProperty('color-scheme'))
  const backgrounds = schemes.map((scheme) => {
    document.documentElement.style.colorScheme = scheme
    return all('section').map((section) => getComputedStyle(section).backgroundColor)
  })
  expect(backgrounds).toEqual([['rgb(255, 255, 255)'], ['rgb(29, 33, 37)']])
})

test.for([280, 360, 1440])('%i px wide, nothing is cut off at the side', async (width) => {
  const { inspector, all } = await busy()
  inspector.style.width = `${width}px`
  for (const details of all('details')) details.setAttribute('open', '')
  expect(inspector.getBoundingClientRect().width).toBe(width)
  const { right } = inspector.getBoundingClientRect()
  const over = all('*').filter((one) => one.getBoundingClientRect().right > right + 0.5)
  expect(over.map(({ outerHTML }) => outerHTML)).toEqual([])
})

test('all that scrolls or opens can be reached by the keyboard', async () => {
  const { all } = await busy()
  const scrolling = all('*').filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 40)
  expect(scrolling.map((one) => [one.tabIndex, one.getAttribute('aria-label')])).toEqual([
    [0, 'What happened, the newest first'],
  ])
  expect(all('summary').map((one) => one.tabIndex)).toEqual([0, 0])
})

test('it breaks nothing of a policy that allows no inline style and no text as markup', async () => {
  const { origin } = location
  const policy = `default-src 'none'; script-src ${origin}; style-src 'self'; connect-src 'self' ws: wss:; require-trusted-types-for 'script'; trusted-types 'none'`
  const frame = document.createElement('iframe')
  const script = new URL('./inspector-page.ts', import.meta.url).href
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><body><script type="module" src="${script}"></script>`
  onTestFinished(() => frame.remove())
  document.body.append(frame)
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  const { contentDocument: page, contentWindow: view } = frame
  const violations: string[] = []
  page?.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
    violations.push(effectiveDirective),
  )
  const inspector = () => (view as unknown as { inspector?: InspectorElement } | null)?.inspector
  await expect.poll(inspector).toBeDefined()
  const made = inspector()
  if (!made || !page || !view) throw new Error('there is no page')
  const { text, all } = readable(made)
  await expect.poll(text).toContain('with the credential')
  made.words = { status: 'Still here' }
  const [section] = all('section')
  expect([text().includes('Still here'), section && view.getComputedStyle(section).display]).toEqual([
    true,
    'grid',
  ])
  expect(violations).toEqual([])
  // A policy that is not in force would have looked the same.
  page.body.setAttribute('style', 'color: red')
  await expect.poll(() => violations).toEqual(['style-src-attr'])
})
