import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type CookieAttributes, cookie } from '../../../src/stores/cookie.js'
import { freshContext } from '../../../src/testing/contract.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { inPages } from '../../shared/fixtures/pages.js'

const SITE = new URL('https://app.example.com/page')

/** A browser that keeps one cookie, and what script asked of it. */
let jar = ''
let lines: string[] = []

beforeEach(() => {
  jar = ''
  lines = []
  vi.stubGlobal('location', SITE)
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => jar)
  vi.spyOn(document, 'cookie', 'set').mockImplementation((line) => {
    lines.push(line)
    jar = line.includes('Expires=') ? '' : (line.split(';')[0] ?? '')
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const make = (attributes: Partial<CookieAttributes> = {}) =>
  cookie({ name: 'access', path: '/', sameSite: 'Strict', ...attributes })
const NONE = { sameSite: 'None', partitioned: true } as const
const write = (store: ReturnType<typeof cookie>) => store.write(freshContext(), 'token')
/** What each line says besides the name, the value and the path; `gone` if it deletes. */
const said = () =>
  lines.map((line) =>
    line
      .split('; ')
      .slice(2)
      .map((attribute) => (attribute.startsWith('Expires=') ? 'gone' : attribute)),
  )

const ALONE = ['SameSite=Lax', 'Secure']
const EMBEDDED = ['SameSite=None', 'Secure', 'Partitioned']
const gone = ([sameSite = '', ...others]: string[]) => [sameSite, 'gone', ...others]

describe('SameSite=None and Partitioned', () => {
  test.for([
    ['a page of its own', []],
    ['a frame of its own', ['own', 'own']],
  ] as const)('are not written in %s: home-screen apps lose such cookies', async ([, around]) => {
    inPages(...around)
    await write(make(NONE))
    expect(said().at(-1)).toEqual(ALONE)
  })

  test.for([
    ['at the top', ['own', 'foreign']],
    ['in between', ['foreign', 'own']],
  ] as const)('are written where another origin’s page is around it, %s', async ([, around]) => {
    inPages(...around)
    await write(make(NONE))
    expect(said().at(-1)).toEqual(EMBEDDED)
  })

  test('are decided at each write', async () => {
    const store = make({ sameSite: 'None' })
    inPages('foreign')
    await write(store)
    inPages()
    await write(store)
    expect(said()).toEqual([['SameSite=None', 'Secure'], ALONE])
  })

  test.for(['Strict', 'Lax'] as const)(
    'are not written where %s was asked for, embedded or not',
    async (sameSite) => {
      for (const around of [[], ['foreign']] as const) {
        inPages(...around)
        await write(make({ sameSite }))
      }
      expect(said()).toEqual([
        [`SameSite=${sameSite}`, 'Secure'],
        [`SameSite=${sameSite}`, 'Secure'],
      ])
    },
  )

  test.for([
    ['an embedded page', [], EMBEDDED, ALONE],
    ['a page of its own', ['foreign'], ALONE, EMBEDDED],
  ] as const)(
    'make it another cookie: where that of %s is shown, too, it is deleted',
    async ([, around, other, form]) => {
      inPages(...around)
      vi.spyOn(document, 'cookie', 'get').mockImplementation(() =>
        lines.length === 1 ? 'access=old; access=token' : 'access=token',
      )
      await write(make(NONE))
      expect(said()).toEqual([form, gone([...other])])
    },
  )

  test('are written once where the other form is not there', async () => {
    inPages()
    await write(make(NONE))
    expect(said()).toEqual([ALONE])
  })

  test.for([
    ['a page of its own', []],
    ['an embedded one', ['foreign']],
  ] as const)('are both deleted in the end, from %s', async ([, around]) => {
    inPages(...around)
    await make(NONE).erase(freshContext())
    expect(said().sort()).toEqual([gone(ALONE), gone(EMBEDDED)].sort())
  })

  test('cost a page that asks for neither no second line', async () => {
    const store = make()
    await write(store)
    await store.erase(freshContext())
    expect(said()).toEqual([
      ['SameSite=Strict', 'Secure'],
      ['SameSite=Strict', 'gone', 'Secure'],
    ])
  })

  test('do without Secure on plain http of this device, where only an embedded page needs it', async () => {
    vi.stubGlobal('location', new URL('http://localhost/'))
    inPages()
    await write(make({ sameSite: 'None' }))
    inPages('foreign')
    await write(make({ sameSite: 'None' }))
    expect(said()).toEqual([['SameSite=Lax'], ['SameSite=None', 'Secure']])
  })
})

describe('a cookie is refused before anything is written', () => {
  const refusal = (store: ReturnType<typeof cookie>, value: string) =>
    store.write(freshContext(), value).catch(({ code, message }) => ({ code, message }))

  test.for([
    ['x', 4091],
    ['é', 4092],
    ['%', 4092],
    [' ', 4092],
  ] as const)(
    'of 4096 bytes and more, as %s is encoded: it says how many, and what to do',
    async ([character, bytes]) => {
      const each = encodeURIComponent(character).length
      const value = character.repeat(Math.ceil(bytes / each))
      expect(await refusal(make(), value)).toEqual({
        code: 'ERR_COOKIE_REFUSED',
        message: `encoded it takes ${6 + Math.ceil(bytes / each) * each} bytes of 4096: shorten it, or use tokenStrategy`,
      })
      expect(lines).toEqual([])
    },
  )

  const others = (count: number) => Array.from({ length: count }, (_, n) => `c${n}=1`)

  test.for([150, 151, 180, 300])('beside %i others: it says how many, and what to do', async (count) => {
    jar = others(count).join('; ')
    expect(await refusal(make(), 'token')).toEqual({
      code: 'ERR_COOKIE_REFUSED',
      message: `${count} cookies are here, and browsers drop the oldest beyond 150: remove some`,
    })
    expect(lines).toEqual([])
  })

  test('but not as the 150th, nor where it is one of them already', async () => {
    jar = others(149).join('; ')
    expect(await codeOf(write(make()))).toBe('fulfilled')
    jar = [...others(200), 'access=before'].join('; ')
    await write(make()).catch(() => {})
    expect(lines).toHaveLength(2)
  })

  test('and names that hold its own are not it', async () => {
    jar = [...others(150), 'access2=1', 'X-access=1'].join('; ')
    expect(await codeOf(write(make()))).toBe('ERR_COOKIE_REFUSED')
  })
})

describe('what a server wrote is read', () => {
  test.for([
    ['"', '"'],
    ['"lone', '"lone'],
    ['"2, baz=qux"', '"2, baz=qux"'],
    ['%zz', '%zz'],
    ['100%', '100%'],
    ['%ff', '%ff'],
    ['a=b==', 'a=b=='],
    ['a%20b', 'a b'],
    ['', ''],
  ] as const)('exactly, but for percent-encoding: %s', async ([held, value]) => {
    jar = `a=%zz; access2=x; access=${held}; X-access=x`
    expect(await make().read(freshContext())).toBe(value)
  })

  test.for(['toString', 'constructor', '__proto__'])('also of the name %s, if it is there', async (name) => {
    expect(await make({ name }).read(freshContext())).toBeUndefined()
    jar = `${name}=held`
    expect(await make({ name }).read(freshContext())).toBe('held')
  })

  test('and a name that is another one percent-decoded is not taken for it', async () => {
    jar = '%61ccess=planted'
    expect(await make().read(freshContext())).toBeUndefined()
  })
})

test('a sandboxed frame’s refusal is the browser’s own, and a worker has no cookie', async () => {
  inPages('foreign')
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => {
    throw new DOMException('The document is sandboxed', 'SecurityError')
  })
  await expect(write(make(NONE))).rejects.toMatchObject({ name: 'SecurityError' })
  vi.stubGlobal('document', undefined)
  expect(await make().read(freshContext())).toBeUndefined()
})
