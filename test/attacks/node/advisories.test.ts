import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import * as library from '../../../src/index.js'
import { codeOf, readSources, withoutComments } from '../../architecture/source.js'
import { root } from '../../package/pack.js'
import { advisories, unknown } from '../fixtures/advisories.js'
import { tally } from '../tally.js'

const folder = join(root, 'test/attacks')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const read = (path: string) => readFileSync(join(folder, path), 'utf8')
const texts = files.filter((path) => path.endsWith('.test.ts')).map(read)
/** What stands between a `test(` or `describe(` and the end of the text after it. */
const NAMED = /\b(?:test|describe)(?:\.for\([^\n]*\))?\(\s*'([^']+)'/g
const names = texts.flatMap((text) => [...text.matchAll(NAMED)].map(([, name = '']) => name))

test('every advisory is in the name of a test', () => {
  const ids = advisories.flat().filter((id) => !(id in unknown))
  const missing = ids.filter((id) => !names.some((name) => name.includes(id)))
  expect(missing).toEqual([])
})

test('no test names an advisory that is not on the list', () => {
  const named = names.flatMap((name) => name.match(/CVE-\d+-\d+|GHSA(?:-\w{4}){3}|[\w-]+ #\d+/g) ?? [])
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((id) => !advisories.flat().includes(id))).toEqual([])
})

const NAVIGATES =
  /\blocation\s*(?:\.\s*(?:href|assign|replace|hash|search|pathname)\b|\s=[^=])|\bwindow\s*\.\s*open\b|\bhistory\b|\.\s*submit\s*\(/
const RETURNS = /return_?(?:to|url)|redirect_?ur[il]|callback_?url|post_?login|continue_?url/i

test('CVE-2025-63784, nextjs-auth0 #1897: no line of the source leaves the page, and none knows of a return URL', () => {
  const leaves = (text: string) => NAVIGATES.test(codeOf(text)) || RETURNS.test(withoutComments(text))
  expect(Object.entries(readSources()).filter(([, text]) => leaves(text))).toEqual([])
  expect(Object.keys(library).filter((name) => RETURNS.test(name))).toEqual([])
  for (const code of [
    'location.href = to',
    'globalThis.location = to',
    'window.open(to)',
    'history.pushState(1)',
  ])
    expect([code, NAVIGATES.test(code)]).toEqual([code, true])
})

test('CVE-2026-27739, GHSA-x288-3778-4hhx: on a server, where there is no page, nothing is its own, whatever a request says', async (context) => {
  const attacked = tally(context, 'advisories')
  const sent: (string | null)[] = []
  const fetch = async ({ headers }: Request) => new Response(`${sent.push(headers.get('authorization'))}`)
  const latchkey = library.createLatchkey({
    strategy: library.memoryStrategy(),
    allowedOrigins: ['self'],
    fetch,
  })
  await latchkey.set({ access_token: 'token' })
  for (const url of ['https://undefined/', 'https://null/', 'http://localhost/', 'https://evil.example/']) {
    await latchkey.fetch(url, { headers: { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' } })
    attacked({ leaked: sent.at(-1) !== null, nativeWouldLeak: false })
  }
  expect(sent).toEqual(Array(4).fill(null))
})

test('CVE-2026-27739, GHSA-x288-3778-4hhx: the page’s own origin is what it was when the instance was made', async (context) => {
  const attacked = tally(context, 'advisories')
  vi.stubGlobal('location', new URL('https://app.example/'))
  const sent: (string | null)[] = []
  const fetch = async ({ headers }: Request) => new Response(`${sent.push(headers.get('authorization'))}`)
  const latchkey = library.createLatchkey({
    strategy: library.memoryStrategy(),
    allowedOrigins: ['self'],
    fetch,
  })
  await latchkey.set({ access_token: 'token' })
  vi.stubGlobal('location', new URL('https://evil.example/'))
  await latchkey.fetch('https://evil.example/')
  // What is asked at each request believes whatever has taken the page's place.
  const nativeWouldLeak = new URL('https://evil.example/').origin === location.origin
  attacked({ leaked: sent[0] !== null, nativeWouldLeak })
  vi.unstubAllGlobals()
  expect(sent).toEqual([null])
})

test.for(Object.keys(unknown))('%s is on the list, and has no test by its name', (id) => {
  expect(advisories.flat()).toContain(id)
  expect(names.filter((name) => name.includes(id))).toEqual([])
})
