import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  csrfCookie,
  type Strategy,
  sessionStrategy,
} from '../../../src/index.js'
import { newBench } from '../../harness/bench.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { dropAllCookies, ownName, writeCookie } from '../fixtures.js'
import { lying } from '../once/places.js'

const csrf = csrfCookie({ cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' })

function forgetAll(): void {
  dropAllCookies()
  localStorage.clear()
  sessionStorage.clear()
}

beforeEach(forgetAll)
afterEach(forgetAll)

/** Where something of the app lies, and all cookies. */
async function kept(name: string): Promise<string[]> {
  const places = (await lying(name, '')).map(([place]) => place)
  const cookies = document.cookie.split('; ').filter(Boolean)
  return [...cookies.map((pair) => pair.split('=')[0] ?? ''), ...places]
}

const ways: Record<string, (cookie: string) => Strategy<never>> = {
  sessionStrategy: () => sessionStrategy({ csrf }),
  cookieStrategy: (cookie) => cookieStrategy({ name: cookie, csrf }),
}

describe.for(Object.entries(ways))('%s with csrf', ([, strategyOf]) => {
  const name = ownName()
  const { isReadable, grant } = signInsOf(strategyOf(name))
  // One cookie and one key, or the key alone, and the one record by which tabs know of each other's sign-ins.
  const most = ['XSRF-TOKEN', ...(isReadable ? [name] : []), 'local', 'ledger']
  const least = ['XSRF-TOKEN', 'ledger']
  const { api } = newBench()
  const open = () => createLatchkey({ strategy: strategyOf(name), allowedOrigins: [api.origin], name })
  /** As a server that protects itself does at each sign-in. */
  const serverSets = (n: number) => writeCookie(`XSRF-TOKEN=token-${n}; path=/`)

  test('500 sign-ins and sign-outs leave no more than one does, and no request grows', {
    timeout: 120_000,
  }, async () => {
    const latchkey = open()
    const sizes = new Set<number>()
    for (let n = 100; n < 600; n += 1) {
      serverSets(n)
      await latchkey.set(grant(n))
      // From the second sign-in on, because requests go past the HTTP cache then.
      if (n % 100 === 99) {
        expect(await kept(name)).toEqual(most)
        const { headers } = await (await latchkey.fetch(api.at('echo'), { method: 'POST' })).json()
        expect(headers['x-xsrf-token']).toBe(`token-${n}`)
        sizes.add(JSON.stringify(headers).length)
      }
      await latchkey.clear()
    }
    expect([await kept(name), sizes.size]).toEqual([least, 1])
    latchkey.dispose()
  })

  test('100 sign-ins that were abandoned leave no more than one does', { timeout: 120_000 }, async () => {
    for (let n = 100; n < 200; n += 1) {
      serverSets(n)
      const latchkey = open()
      const signed = codeOf(latchkey.set(grant(n)))
      // Left while it is being stored, or when it was; each time without a sign-out.
      if (n % 2) await signed
      latchkey.dispose()
      await signed
    }
    const latchkey = open()
    await latchkey.set(grant(200))
    expect(await kept(name)).toEqual(most)
    await latchkey.clear()
    expect(await kept(name)).toEqual(least)
    latchkey.dispose()
  })
})

function signInsOf({ capabilities }: Strategy<never>) {
  const isReadable = capabilities.readable
  const grant = (n: number) =>
    (isReadable
      ? { access_token: `at-${n}`, refresh_token: `rt-${n}`, expires_in: 60 }
      : { expires_in: 60 }) as never
  return { isReadable, grant }
}
