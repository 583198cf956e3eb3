import { describe, expect, test } from 'vitest'
import { cookieStrategy, createClient, createLatchkey, header, query } from '../../src/index.js'

import { factories, good, NOT_HEADERS } from './wrong-options.js'

function isRefused(option: string, act: () => unknown): boolean {
  try {
    act()
    return false
  } catch (error) {
    return error instanceof TypeError && error.message.startsWith(`"${option}" must `)
  }
}

function refused(option: string, act: () => unknown): void {
  expect(act).toThrow(TypeError)
  expect(act).toThrow(new RegExp(`^"${option}" must `))
}

for (const [name, { make, good, wrong }] of Object.entries(factories)) {
  describe(name, () => {
    test('takes what is right, and undefined for what has a default', () => {
      make(good as never)
      const optional = Object.keys(wrong).filter((option) => !wrong[option]?.includes(undefined))
      make({ ...Object.fromEntries(optional.map((option) => [option, undefined])), ...good } as never)
    })

    test.for(Object.entries(wrong))(
      'refuses a wrong "%s", synchronously and by its name',
      ([option, values]) => {
        const taken = values.filter(
          (value) => !isRefused(option, () => make({ ...good, [option]: value } as never)),
        )
        expect(taken).toEqual([])
      },
    )

    test('refuses an option it does not have, one called __proto__ included', () => {
      for (const option of ['baseUrl', 'storages', '__proto__', 'constructor', 'toString']) {
        const given = { ...good }
        Object.defineProperty(given, option, { value: 'x', enumerable: true })
        refused(option, () => make(given as never))
      }
    })
  })
}

test('header and query refuse what can be no name', () => {
  for (const name of NOT_HEADERS) refused('name', () => header(name as never))
  for (const name of ['', undefined, null, 5]) refused('name', () => query(name as never))
})

test('cookies of another host, or sent to other sites, have to be secure', () => {
  refused('secure', () => cookieStrategy({ name: '__Secure-a', secure: false }))
  refused('secure', () => cookieStrategy({ name: '__Host-a', secure: false }))
  refused('secure', () => cookieStrategy({ name: 'a', sameSite: 'None', secure: false }))
  refused('secure', () => cookieStrategy({ name: 'a', partitioned: true, secure: false }))
  refused('path', () => cookieStrategy({ name: '__Host-a', path: '/app' }))
  refused('domain', () => cookieStrategy({ name: '__Host-a', domain: 'example.com' }))
})

test('createClient refuses what is no latchkey, and a fetch of its own', () => {
  const latchkey = createLatchkey(good)
  for (const wrong of [undefined, null, {}, 'x']) refused('latchkey', () => createClient(wrong as never))
  refused('fetch', () => createClient(latchkey, { fetch: globalThis.fetch }))
})

test('no message quotes the value: it may be a credential that got into the wrong place', () => {
  const secret = 'eyJhbGciOiJub25lIn0'
  for (const { make, good: base, wrong } of Object.values(factories)) {
    for (const option of Object.keys(wrong)) {
      const act = () => make({ ...base, [option]: { secret } } as never)
      expect(act).not.toThrow(secret)
    }
  }
})
