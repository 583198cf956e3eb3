import { afterEach, describe, expect, test, vi } from 'vitest'
import { type CsrfUse, csrfCookie } from '../../src/index.js'
import { protectedBy } from './fixtures/csrf-server.js'

const csrf = () => csrfCookie({ cookie: 'burst-csrf', header: 'X-CSRF-Token' })

const write = (token: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: as a server would
  document.cookie = `burst-csrf=${token}; path=/${token ? '' : '; max-age=0'}`
}

/** How often the cookies are read from now on. */
function countReadings() {
  let owner: object = document
  while (!Object.hasOwn(owner, 'cookie')) owner = Object.getPrototypeOf(owner)
  return vi.spyOn(owner as Document, 'cookie', 'get')
}

afterEach(() => {
  vi.restoreAllMocks()
  write('')
})

describe('the CSRF cookie is read', () => {
  test('once for all that are sent in one go', async () => {
    write('csrf-1')
    const { server, latchkey, post } = protectedBy(csrf())
    await latchkey.set({})
    const readings = countReadings()
    await Promise.all(Array.from({ length: 100 }, () => post()))
    expect(readings).toHaveBeenCalledOnce()
    expect(server.seen).toEqual(Array(100).fill('POST /items csrf-1'))
  })

  test('when the last of them has asked, so that none carries an old one', async () => {
    write('csrf-0')
    const { server, latchkey, post } = protectedBy(csrf())
    await latchkey.set({})
    const first = post()
    write('csrf-1')
    await Promise.all([first, post()])
    expect(server.seen).toEqual(Array(2).fill('POST /items csrf-1'))
  })

  test('anew for each that is sent after another, whoever has changed it since', async () => {
    write('csrf-1')
    const { server, latchkey, post } = protectedBy(csrf())
    await latchkey.set({})
    for (const token of ['csrf-1', 'csrf-2', 'csrf-3']) {
      server.token = token
      write(token)
      await post()
    }
    expect(server.seen).toEqual([1, 2, 3].map((n) => `POST /items csrf-${n}`))
  })

  test('for each by its own words, where an app has some: a token is for one origin alone', async () => {
    const read = ({ origin }: CsrfUse) => `csrf-of-${new URL(origin).hostname}`
    const seen: string[] = []
    const { latchkey } = protectedBy(
      { ...csrf(), read },
      {
        allowedOrigins: ['https://a.example.com', 'https://b.example.com'],
        fetch: async ({ headers }) => new Response(`${seen.push(String(headers.get('x-csrf-token')))}`),
      },
    )
    await latchkey.set({})
    const posts = ['a', 'b'].map((host) => latchkey.fetch(`https://${host}.example.com/`, { method: 'POST' }))
    await Promise.all(posts)
    expect(seen).toEqual(['csrf-of-a.example.com', 'csrf-of-b.example.com'])
  })

  test('not at all for a GET, nor where the caller has a token of its own', async () => {
    const { server, latchkey, post } = protectedBy(csrf())
    await latchkey.set({})
    const readings = countReadings()
    await latchkey.fetch('https://api.example.com/items')
    await post('/items', { headers: { 'X-CSRF-Token': 'csrf-1' } })
    expect(readings).not.toHaveBeenCalled()
    expect(server.seen).toEqual(['GET /items', 'POST /items csrf-1'])
  })
})

// With credentials of their own choice these go out as they are made: it is the same request that is sent again.
describe('sent again for a refused session', () => {
  const refusingOnce = (setUp: ReturnType<typeof protectedBy>) => {
    let isRefused = false
    setUp.server.accepted = async () => {
      const status = isRefused ? 200 : 401
      isRefused = true
      return new Response(null, { status })
    }
    return setUp
  }
  const bodies = [
    ['text', 'an item'],
    ['bytes', new Uint8Array([1])],
    ['none', null],
  ] as const

  test.each(bodies)('a request whose body is %s carries the token of now', async (_, body) => {
    write('csrf-1')
    const { server, latchkey, post } = refusingOnce(
      protectedBy(csrf(), {
        refresh: async () => {
          server.token = 'csrf-2'
          write('csrf-2')
          return {}
        },
      }),
    )
    await latchkey.set({})
    await post('/items', { body, credentials: 'include' })
    expect(server.seen).toEqual(['POST /items csrf-1', 'POST /items csrf-2'])
  })

  test.each(bodies)('a request whose body is %s keeps the token that its caller gave it', async (_, body) => {
    write('another')
    const { server, latchkey, post } = refusingOnce(protectedBy(csrf(), { refresh: async () => ({}) }))
    await latchkey.set({})
    await post('/items', { body, credentials: 'include', headers: { 'X-CSRF-Token': 'csrf-1' } })
    expect(server.seen).toEqual(Array(2).fill('POST /items csrf-1'))
  })
})
