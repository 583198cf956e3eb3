import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { cookieStrategy, createLatchkey } from '../../src/index.js'
import { readCookie } from '../../src/placements/read-cookie.js'
import { cookie } from '../../src/stores/cookie.js'
import { freshContext } from '../../src/testing/contract.js'
import { newBench } from '../harness/bench.js'
import type {} from '../harness/global-setup.js'
import { codeOf } from '../shared/fixtures/events.js'
import { sleep } from '../shared/fixtures/faults.js'
import { dropAllCookies, writeCookie } from './fixtures.js'

const vectors = inject('vectors')
const OWN = 'own-access'
/** What some engine makes something else of than the table's. */
const DIFFERS = /^(test7|"test8"|=test10|test=13|test\t)/

function forgetAll(): void {
  dropAllCookies()
  localStorage.clear()
}

beforeEach(forgetAll)
afterEach(forgetAll)

/** The server's Set-Cookie lines; the page is of the same host. */
async function served(...lines: readonly string[]): Promise<void> {
  const { api } = newBench()
  const query = lines.map((line) => `line=${encodeURIComponent(`${line}; path=/`)}`).join('&')
  await fetch(api.at(`set-cookie?${query}`), { credentials: 'include' })
  // WebKit may show them a moment after the answer.
  const isThere = () => document.cookie.split('; ').filter(Boolean).length >= lines.length
  for (let tries = 50; !isThere() && tries; tries -= 1) await sleep(10)
}

const byScript = async (line: string) => writeCookie(`${line}; path=/`)
const stored = (name: string) => cookie({ name, path: '/', sameSite: 'Strict' }).read(freshContext())

/** What the browser holds, of the first cookie there. */
function held(name: string): string | undefined {
  const [first = ''] = document.cookie.split('; ')
  return first.startsWith(`${name}=`) ? first.slice(name.length + 1) : undefined
}

function unescaped(value: string | undefined): string | undefined {
  return value?.replace(/%32%33/, '23')
}

describe.skipIf(!vectors)('the public cookie tables (left out without LATCHKEY_VECTORS)', () => {
  const lines = vectors?.cookieLines.value ?? []

  test.for([
    ['a server', served, lines.filter(([line]) => !line.includes('\n'))],
    ['script', byScript, lines],
  ] as const)('each line that %s sets is read as the browser holds it', async ([, set, rows]) => {
    const others: string[] = []
    for (const [line, seen] of rows) {
      await set(line)
      if (document.cookie !== seen && !DIFFERS.test(line)) others.push(`${line} -> ${document.cookie}`)
      expect([line, readCookie('test')]).toEqual([line, held('test')])
      expect([line, await stored('test')]).toEqual([line, unescaped(held('test'))])
      forgetAll()
      expect(document.cookie).toBe('')
    }
    expect(others).toEqual([])
  })

  test('of each size the browser holds what was set, or set refuses what the browser would have dropped', async () => {
    const rows = vectors?.cookieLines.size_name_value_bytes ?? []
    for (const [nameBytes, valueBytes, verdict] of rows.filter(([nameBytes]) => nameBytes > 0)) {
      const [name, value] = ['n'.repeat(nameBytes), 'v'.repeat(valueBytes)]
      await byScript(`${name}=${value}`)
      const isKept = document.cookie === `${name}=${value}`
      forgetAll()
      const store = cookie({ name, path: '/', sameSite: 'Strict' })
      const code = await codeOf(store.write(freshContext(), value))
      expect([name, isKept, code, document.cookie]).toEqual(
        verdict === 'keep'
          ? [name, true, 'fulfilled', `${name}=${value}`]
          : // WebKitGTK keeps what the others drop without a word.
            [name, inject('engine') === 'webkit', 'ERR_COOKIE_REFUSED', ''],
      )
      forgetAll()
    }
    expect(rows.length).toBeGreaterThan(6)
  })

  test('every control character is refused before it is written', async () => {
    const store = cookie({ name: 'test', path: '/', sameSite: 'Strict' })
    await store.write(freshContext(), 'before')
    for (const code of [...Array(0x20).keys(), 0x7f, 0x80, 0x9f]) {
      for (const value of [`a${String.fromCharCode(code)}b`, String.fromCharCode(code)])
        expect([code, await codeOf(store.write(freshContext(), value))]).toEqual([code, 'ERR_COOKIE_REFUSED'])
    }
    expect(document.cookie).toBe('test=before')
  })

  test('a control character in a value that script sets raw is read as the browser holds it', async () => {
    for (let code = 0; code < 0x20; code += 1) {
      await byScript(`test=a${String.fromCharCode(code)}b`)
      expect([code, readCookie('test')]).toEqual([code, held('test')])
      expect([code, await stored('test')]).toEqual([code, held('test')])
      forgetAll()
    }
  })

  test.for(Object.entries(vectors?.cookieJars ?? {}))(
    'among the cookies of %s one’s own is found, and none of theirs is taken for it',
    async ([, jar]) => {
      const theirs = jar.split('; ')
      for (const before of [0, Math.ceil(theirs.length / 2), theirs.length]) {
        await served(...theirs.slice(0, before), `${OWN}=mine`, ...theirs.slice(before))
        expect(document.cookie.split('; ').sort()).toEqual([...theirs, `${OWN}=mine`].sort())
        expect([readCookie(OWN), await stored(OWN)]).toEqual(['mine', 'mine'])
        forgetAll()
      }
    },
  )

  test.for(Object.entries(vectors?.cookieJars ?? {}))(
    'each cookie of %s is read by its name, and by no part of it',
    async ([, jar]) => {
      const theirs = jar.split('; ')
      await served(...theirs)
      const names = theirs.map((pair) => pair.split('=')[0] ?? '')
      expect(names.map((name) => `${name}=${readCookie(name)}`)).toEqual(theirs)
      const parts = names.flatMap((name) => [name.slice(1), name.slice(0, -1), `${name}1`])
      for (const part of parts.filter((part) => part && !names.includes(part)))
        expect([part, readCookie(part), await stored(part)]).toEqual([part, undefined, undefined])
    },
  )

  test.for(Object.entries(vectors?.cookieJars ?? {}))(
    'a sign-in and a sign-out leave the cookies of %s as they were',
    async ([, jar]) => {
      await served(...jar.split('; '))
      const before = document.cookie
      const make = () =>
        createLatchkey({ strategy: cookieStrategy({ name: OWN }), allowedOrigins: ['self'], name: OWN })
      await make().set({ access_token: '"a%20b;c=d"' })
      const latchkey = make()
      expect((await latchkey.ready()).status).toBe('signed-in')
      await latchkey.clear()
      expect(document.cookie).toBe(before)
    },
  )
})

describe('what a server wrote is found by its exact name', () => {
  test.for(['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf'])(
    '%s, which every object has',
    async (name) => {
      expect([readCookie(name), await stored(name)]).toEqual([undefined, undefined])
      await served(`${name}=held`)
      expect([readCookie(name), await stored(name)]).toEqual(['held', 'held'])
    },
  )

  test.for(['a.b', 'a*', 'a+', '^a', 'a$', '$&', 'a|b', "!#$&'*+.^_`|~-"])(
    '%s, whose characters mean something in regular expressions',
    async (name) => {
      await served('a=wrong', 'b=wrong', 'axb=wrong', 'aa=wrong', `${name}=right`)
      expect([readCookie(name), await stored(name)]).toEqual(['right', 'right'])
    },
  )

  test.for([
    '%zz',
    '%',
    '%ff',
    '%E0%A4%A',
    '"lone quote',
    '"',
    'a"b',
    '{"a":"b"}',
    '0000',
    '1e5',
    'true',
    'null',
  ])('and exactly, also where it is %s', async (value) => {
    await served(`test=${value}`)
    expect(held('test')).toBe(value)
    expect([readCookie('test'), await stored('test')]).toEqual([value, value])
  })
})
