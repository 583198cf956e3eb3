import { afterEach, describe, expect, test } from 'vitest'
import { csrfCookie, csrfMeta, csrfResponseHeader } from '../../src/index.js'
import { protectedBy } from './fixtures/csrf-server.js'
import { codeOf } from './fixtures/events.js'
import { API } from './fixtures/instance.js'

const header = 'X-CSRF-Token'
const writeCookie = (value: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: as a server would
  document.cookie = `csrf=${value}; path=/${value ? '' : '; max-age=0'}`
}
const writeMeta = (content: string, name = 'csrf-token') => {
  const meta = document.createElement('meta')
  Object.assign(meta, { name, content })
  document.head.append(meta)
  return meta
}

afterEach(() => {
  writeCookie('')
  for (const meta of document.querySelectorAll('meta')) if (meta.name.includes('csrf')) meta.remove()
})

describe('a CSRF cookie', () => {
  test('that another tab has exchanged since is read again after a refusal, and nobody is asked', async () => {
    const { server, post } = protectedBy(csrfCookie({ cookie: 'csrf', header, url: `${API}/csrf-token` }))
    writeCookie('csrf-1')
    server.refused = async () => {
      writeCookie('csrf-2')
      return Response.json({ message: 'CSRF' }, { status: 403 })
    }
    server.token = 'csrf-2'
    expect((await post()).status).toBe(200)
    expect(server.seen).toEqual(['POST /items csrf-1', 'POST /items csrf-2'])
  })

  test('that is missing or refused is asked for at its URL', async () => {
    const { server, post } = protectedBy(csrfCookie({ cookie: 'csrf', header, url: `${API}/csrf-token` }))
    server.given = async () => {
      writeCookie(server.token)
      return new Response(null, { status: 204 })
    }
    await post()
    server.token = 'csrf-2'
    await post()
    expect(server.seen).toEqual([
      'GET /csrf-token',
      'POST /items csrf-1',
      'POST /items csrf-1',
      'GET /csrf-token',
      'POST /items csrf-2',
    ])
  })

  test('that the URL did not set for this page to see is an error, and nothing is sent', async () => {
    const { server, post } = protectedBy(csrfCookie({ cookie: 'csrf', header, url: `${API}/csrf-token` }))
    expect(await codeOf(post())).toBe('ERR_CSRF_UNAVAILABLE')
    expect(server.seen).toEqual(['GET /csrf-token'])
  })

  test('that stays the same has its refusal returned', async () => {
    const { server, post } = protectedBy(csrfCookie({ cookie: 'csrf', header }))
    writeCookie('csrf-0')
    expect((await post()).status).toBe(403)
    expect(server.seen).toEqual(['POST /items csrf-0'])
  })

  test('is decoded as the app says', async () => {
    const decode = (value: string) => value.split('.')[0] ?? ''
    const { server, post } = protectedBy(csrfCookie({ cookie: 'csrf', header, decode }))
    writeCookie('csrf-1.signature')
    await post()
    expect(server.seen).toEqual(['POST /items csrf-1'])
  })
})

describe('a CSRF token in the page', () => {
  const csrf = (url?: string) => csrfMeta({ name: 'csrf-token', header, url })

  test('is read when a request is sent, so what the page has exchanged since counts', async () => {
    const { server, post } = protectedBy(csrf())
    const meta = writeMeta('csrf-1')
    await post()
    meta.content = server.token = 'csrf-2'
    await post()
    expect(server.seen).toEqual(['POST /items csrf-1', 'POST /items csrf-2'])
  })

  test('that is missing or empty is no header', async () => {
    const { server, post } = protectedBy(csrf())
    writeMeta('')
    await post()
    expect(server.seen).toEqual(['POST /items'])
  })

  test('is not taken from an element with a longer name', async () => {
    const { server, post } = protectedBy(csrf())
    writeMeta('csrf-1', 'csrf-token-2')
    await post()
    expect(server.seen).toEqual(['POST /items'])
  })

  test('that a login has made stale is replaced by the endpoint’s, until the page has another one', async () => {
    const { server, post } = protectedBy(csrf(`${API}/csrf-token`))
    const meta = writeMeta('csrf-1')
    await post('/login')
    server.token = 'csrf-2'
    await post()
    await post()
    meta.content = server.token = 'csrf-3'
    await post()
    expect(server.seen).toEqual([
      'POST /login csrf-1',
      'POST /items csrf-1',
      'GET /csrf-token',
      'POST /items csrf-2',
      'POST /items csrf-2',
      'POST /items csrf-3',
    ])
  })

  test('whose name has characters of selectors and patterns is found all the same', async () => {
    const { server, post } = protectedBy(csrfMeta({ name: 'csrf"].*[', header }))
    writeMeta('csrf-1', 'csrf"].*[')
    await post()
    expect(server.seen).toEqual(['POST /items csrf-1'])
  })
})

describe('a CSRF token in the answers’ headers', () => {
  /** Answers as a server of that address does: a made-up Response has none. */
  const at = (url: string, token: string, response: Response) => {
    response.headers.set(header, token)
    return Object.defineProperty(response, 'url', { value: url })
  }

  test('is the newest one that the origin has sent', async () => {
    const { server, latchkey, post } = protectedBy(csrfResponseHeader({ header }))
    server.accepted = async ({ url }) => at(url, server.token, Response.json({}))
    await latchkey.fetch(`${API}/me`)
    await post()
    expect(server.seen).toEqual(['GET /me', 'POST /items csrf-1'])
  })

  test('may come with the refusal itself', async () => {
    const { server, post } = protectedBy(csrfResponseHeader({ header }))
    const refusal = () => Response.json({ message: 'CSRF' }, { status: 403 })
    server.refused = async () => at(`${API}/items`, server.token, refusal())
    expect((await post()).status).toBe(200)
    expect(server.seen).toEqual(['POST /items', 'POST /items csrf-1'])
  })

  test('is for the origin that sent it alone, wherever a redirect led to', async () => {
    const other = 'https://other.example.com'
    const { server, latchkey, post } = protectedBy(csrfResponseHeader({ header }), {
      allowedOrigins: [API, other],
    })
    server.accepted = async () => at(`${other}/me`, 'others', Response.json({}))
    server.refused = async () => new Response(null, { status: 500 })
    await latchkey.fetch(`${API}/me`)
    await post()
    expect(server.seen).toEqual(['GET /me', 'POST /items'])
  })
})
