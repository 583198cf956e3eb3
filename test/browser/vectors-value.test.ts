import { afterEach, describe, expect, inject, test } from 'vitest'
import { cookieStrategy, createLatchkey, csrfCookie, jwtStrategy } from '../../src/index.js'
import { cookie } from '../../src/stores/cookie.js'
import { freshContext } from '../../src/testing/contract.js'
import type {} from '../harness/global-setup.js'
import { nowhere } from '../shared/fixtures/csrf-server.js'
import { codeOf } from '../shared/fixtures/events.js'
import { dropAllCookies, dropCookie, shownCookie, writeCookie } from './fixtures.js'

const vectors = inject('vectors')
const TOKEN = /^[\w!#$&'*+.^`|~-]+$/

afterEach(() => {
  dropAllCookies()
  localStorage.clear()
})

const plainCookie = (name: string) => cookie({ name, path: '/', sameSite: 'Strict' })

describe.skipIf(!vectors)('the public value tables (left out without LATCHKEY_VECTORS)', () => {
  test('every cookie value is kept as js-cookie and RFC 6265 encode it, and read back', async () => {
    const rows = vectors?.cookies.filter(({ name }) => TOKEN.test(name)) ?? []
    const context = freshContext()
    for (const { test: what, name, value, plain } of rows) {
      const store = plainCookie(name)
      await store.write(context, value)
      expect([what, await store.read(context)]).toEqual([what, value])
      if (plain !== null) expect(shownCookie(name)).toBe(plain)
      await store.erase(context)
      expect(shownCookie(name)).toBeUndefined()
    }
    expect(rows.length).toBeGreaterThan(30)
  })

  test('every cookie name that RFC 6265 does not know is refused when it is configured', () => {
    const rows = vectors?.cookies.filter(({ name }) => !TOKEN.test(name)) ?? []
    for (const { name } of rows) expect(() => cookieStrategy({ name })).toThrow(/^"name" must /)
    expect(rows.length).toBeGreaterThan(20)
  })

  test('as an access token every value is kept and found again, or refused at set', async () => {
    for (const { value } of vectors?.cookies ?? []) {
      const make = () =>
        createLatchkey({ strategy: cookieStrategy({ name: 'vector' }), allowedOrigins: ['self'] })
      const code = await codeOf(make().set({ access_token: value }))
      const { status } = await make().ready()
      expect([value, code, status]).toEqual([
        value,
        ...(code === 'fulfilled' ? [code, 'signed-in'] : ['ERR_CREDENTIAL_MALFORMED', 'signed-out']),
      ])
      dropCookie('vector')
    }
  })

  test('name and value of up to 4096 bytes are kept, and more is refused before the browser drops it', async () => {
    const context = freshContext()
    for (const [nameBytes, valueBytes, verdict] of vectors?.cookieLines.size_name_value_bytes ?? []) {
      if (nameBytes === 0) continue
      const store = plainCookie('n'.repeat(nameBytes))
      const code = await codeOf(store.write(context, 'v'.repeat(valueBytes)))
      const expected = verdict === 'keep' ? 'fulfilled' : 'ERR_COOKIE_REFUSED'
      expect([nameBytes, valueBytes, code]).toEqual([nameBytes, valueBytes, expected])
    }
  })

  test('a CSRF cookie of any shape is read as the browser shows it', () => {
    for (const [line] of vectors?.cookieLines.value ?? []) {
      writeCookie(`${line.split(';')[0]}; path=/`)
      const shown = shownCookie('test')?.slice('test='.length)
      const { read } = csrfCookie({ cookie: 'test', header: 'X-CSRF' })
      expect(read(nowhere)).toBe(shown && decodeURIComponent(shown))
      dropCookie('test')
    }
  })

  test('the RFCs’ own JWTs are taken when their payload is an object, and refused when it is not', () => {
    const strategy = jwtStrategy({ storage: 'session' })
    for (const [what, access_token] of Object.entries(vectors?.jwts ?? {})) {
      const receive = () => strategy.receive({ access_token }, 0)
      if (what.includes('not JSON'))
        expect(receive).toThrow(expect.objectContaining({ code: 'ERR_CREDENTIAL_MALFORMED' }))
      else expect(receive().claims).toMatchObject({ iss: 'joe', 'http://example.com/is_root': true })
    }
    expect(Object.keys(vectors?.jwts ?? {}).length).toBeGreaterThan(3)
  })
})
