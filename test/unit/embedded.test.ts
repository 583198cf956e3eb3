import { afterEach, expect, test, vi } from 'vitest'
import { isEmbedded } from '../../src/embedded.js'
import { inPages } from '../shared/fixtures/pages.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

test.for([
  ['a page of its own', [], false],
  ['a frame in a page of its own origin', ['own'], false],
  ['a frame in a frame of its own origin', ['own', 'own'], false],
  ['a frame in another origin’s page', ['foreign'], true],
  ['a frame in a frame of its own, in another origin’s page', ['own', 'foreign'], true],
  ['a frame in another origin’s frame, in a page of its own origin', ['foreign', 'own'], true],
] as const)('%s: embedded is %s', ([, around, embedded]) => {
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
