import { afterEach, expect, test, vi } from 'vitest'
import { isEmbedded } from '../../src/embedded.js'
import { inPages } from '../shared/fixtures/pages.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

test.for([
  ['a page of its own', false, []],
  ['a frame in a page of its own origin', false, ['own']],
  ['a frame in a frame of its own origin', false, ['own', 'own']],
  ['a frame in another origin’s page', true, ['foreign']],
  ['a frame in a frame of its own, in another origin’s page', true, ['own', 'foreign']],
  ['a frame in another origin’s frame, in a page of its own origin', true, ['foreign', 'own']],
] as const)('%s: embedded is %s', ([, embedded, around]) => {
  inPages(...around)
  expect(isEmbedded()).toBe(embedded)
})

test('a worker, which has no window, is not embedded', () => {
  vi.stubGlobal('window', undefined)
  expect(isEmbedded()).toBe(false)
})

test('a frame that was taken out of its page throws nothing', () => {
  vi.stubGlobal('window', { parent: null })
  expect(isEmbedded()).toBe(true)
})
