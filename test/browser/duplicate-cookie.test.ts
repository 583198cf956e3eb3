import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import { readCookie } from '../../src/placements/read-cookie.js'
import { dropCookie, writeCookie } from './fixtures.js'

const NAME = 'XSRF-TOKEN'
const HOST = `__Host-${NAME}`
const deep = '/test/browser'
const frame = document.createElement('iframe')

/** From there, since WebKit keeps no cookie of a path that its page is not on. */
function writeDeep(value: string, attributes = ''): void {
  if (frame.contentDocument) frame.contentDocument.cookie = `${NAME}=${value}; path=${deep}${attributes}`
}

const dropDeep = () => writeDeep('', '; max-age=0')

function found(): [value: string | undefined, isDuplicate: boolean] {
  const onDuplicate = vi.fn()
  return [readCookie(NAME, onDuplicate), onDuplicate.mock.calls.length > 0]
}

/** A page that is no more than a file of this folder: what a cookie's path is compared with is where a page came from. */
beforeAll(async () => {
  frame.src = `${deep}/fixtures.ts`
  document.body.append(frame)
  await new Promise((resolve) => frame.addEventListener('load', resolve))
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => String(frame.contentDocument?.cookie))
})

afterAll(() => {
  vi.restoreAllMocks()
  frame.remove()
})

beforeEach(() => {
  writeCookie(`${NAME}=flat; path=/`)
})

afterEach(() => {
  dropCookie(NAME)
  dropCookie(HOST, '; secure')
  dropDeep()
})

test('one cookie of a name is no duplicate, beside others whose names hold it', () => {
  for (const name of [`${NAME}2`, `X-${NAME}`]) writeCookie(`${name}=other; path=/; max-age=9`)
  expect(found()).toEqual(['flat', false])
  for (const name of [`${NAME}2`, `X-${NAME}`]) dropCookie(name)
})

test('of two of a name, with two paths, the one of the page’s own is read, as the server would, and the caller is told', () => {
  writeDeep('deep')
  expect(found()).toEqual(['deep', true])
})

test('they are two also when one of them is empty', () => {
  writeDeep('')
  expect(found()).toEqual(['', true])
})

test('that of the two which is gone is no longer counted', () => {
  writeDeep('deep')
  dropDeep()
  expect(found()).toEqual(['flat', false])
})

test('__Host- and the name is read instead of either, where the browser keeps it', () => {
  writeDeep('deep')
  writeCookie(`${HOST}=own; path=/; secure`)
  // WebKit keeps no Secure cookie that came over plain http, of this device either.
  expect(found()).toEqual([inject('engine') === 'webkit' ? 'deep' : 'own', true])
})
