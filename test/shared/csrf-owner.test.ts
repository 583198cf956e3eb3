import { afterEach, describe, expect, test } from 'vitest'
import { csrfEndpoint, csrfResponseHeader, sessionStrategy } from '../../src/index.js'
import { protectedBy } from './fixtures/csrf-server.js'
import { codeOf, settled } from './fixtures/events.js'
import { deferred, fakeStore } from './fixtures/faults.js'
import { API } from './fixtures/instance.js'

const csrf = () => csrfEndpoint({ url: `${API}/csrf-token`, header: 'X-CSRF-Token' })

const writeUser = (name: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: as a server would
  document.cookie = `uid=${name}; path=/${name ? '' : '; max-age=0'}`
}

afterEach(() => writeUser(''))

const posts = (seen: readonly string[]) => seen.filter((line) => line.startsWith('POST'))

describe('what was made for the first user never leaves for the second', () => {
  test('after a refusal that came since another user’s cookies are there', async () => {
    const strategy = sessionStrategy({ csrf: csrf(), subjectCookie: 'uid' })
    const { server, latchkey, post, types } = protectedBy(csrf(), { strategy })
    writeUser('ada')
    await latchkey.set({})
    await post()
    server.token = 'csrf-of-bob'
    server.refused = async () => {
      writeUser('bob')
      return Response.json({ message: 'csrf' }, { status: 403 })
    }
    expect(await codeOf(post())).toBe('ERR_SIGNED_OUT')
    expect(posts(server.seen)).toEqual(['POST /items csrf-1', 'POST /items csrf-1'])
    expect(types()).toContain('user-changed')
  })

  test('after a refusal, where only the server knows who it is', async () => {
    let sub = 'ada'
    const probe = async () => ({ claims: { sub } })
    const { server, latchkey, post, types } = protectedBy(csrf(), {
      strategy: sessionStrategy({ csrf: csrf(), probe }),
    })
    await latchkey.ready()
    await post()
    ;[server.token, sub] = ['csrf-of-bob', 'bob']
    expect(await codeOf(post())).toBe('ERR_SIGNED_OUT')
    expect(posts(server.seen)).toEqual(['POST /items csrf-1', 'POST /items csrf-1'])
    await settled()
    expect([latchkey.state.subject, types().at(-1)]).toEqual(['bob', 'user-changed'])
  })

  test('after a refusal that came since the session has ended and another has begun', async () => {
    let isOver = false
    let sub = 'ada'
    const probe = async () => (isOver ? null : { claims: { sub } })
    const { server, latchkey, post } = protectedBy(csrf(), {
      strategy: sessionStrategy({ csrf: csrf(), probe }),
    })
    await latchkey.ready()
    await post()
    const refusal = deferred<Response>()
    server.token = 'csrf-of-bob'
    server.refused = () => refusal.promise
    const waiting = codeOf(post('/form'))
    await settled()
    isOver = true
    await latchkey.refresh()
    expect(latchkey.state.reason).toBe('refresh-rejected')
    ;[isOver, sub] = [false, 'bob']
    await latchkey.set({ claims: { sub } })
    refusal.resolve(Response.json({ message: 'csrf' }, { status: 403 }))
    expect(await waiting).toBe('ERR_SIGNED_OUT')
    expect(server.seen.filter((line) => line.includes('/form'))).toHaveLength(1)
  })

  test('after a refusal, where the other user’s sign-in can’t be noted', async () => {
    let sub = 'ada'
    let isFull = false
    const storage = fakeStore()
    storage.before = (operation) => {
      if (isFull && operation === 'write') throw new DOMException('full', 'QuotaExceededError')
    }
    const probe = async () => ({ claims: { sub } })
    const strategy = sessionStrategy({ csrf: csrf(), probe, storage })
    const { server, latchkey, post } = protectedBy(csrf(), { strategy })
    await latchkey.ready()
    await post()
    ;[server.token, sub, isFull] = ['csrf-of-bob', 'bob', true]
    expect(await codeOf(post())).toBe('ERR_SIGNED_OUT')
    expect(latchkey.state.subject).toBe('bob')
  })

  test.each(['clear', 'set'] as const)('while it waits for its token: %s', async (what) => {
    const { server, latchkey, post } = protectedBy(csrf())
    await latchkey.set({ claims: { sub: 'ada' } })
    const token = deferred<Response>()
    server.given = () => token.promise
    const waiting = codeOf(post())
    await settled()
    await (what === 'clear' ? latchkey.clear() : latchkey.set({ claims: { sub: 'bob' } }))
    token.resolve(Response.json({ token: 'csrf-1' }))
    expect(await waiting).toBe('ERR_SIGNED_OUT')
    expect(posts(server.seen)).toEqual([])
  })
})

test('a token that is refused after a new session was got is exchanged as well', async () => {
  const { server, latchkey, post } = protectedBy(csrf(), {
    refresh: async () => {
      server.token = 'csrf-2'
      server.refused = async () => Response.json({ message: 'csrf' }, { status: 403 })
      return {}
    },
  })
  await latchkey.ready()
  await latchkey.set({})
  await post()
  server.token = 'of a session that has ended'
  server.refused = async () => new Response(null, { status: 401 })
  expect((await post()).status).toBe(200)
  expect(posts(server.seen).slice(1)).toEqual([
    'POST /items csrf-1',
    'POST /items csrf-1',
    'POST /items csrf-2',
  ])
})

test('a token that each answer exchanges costs no request of its own', async () => {
  const { server, post } = protectedBy(csrfResponseHeader({ header: 'X-CSRF-Token' }))
  let count = 1
  const next = (response: Response) => {
    count += 1
    server.token = `csrf-${count}`
    response.headers.set('x-csrf-token', server.token)
    return Object.defineProperty(response, 'url', { value: `${API}/items` })
  }
  server.accepted = async () => next(Response.json({}))
  server.refused = async () => next(Response.json({ message: 'csrf' }, { status: 403 }))
  for (let posted = 0; posted < 3; posted++) expect((await post()).status).toBe(200)
  expect(server.seen).toHaveLength(4)
})

describe('what an app or a server does wrong', () => {
  test.each([
    ['a line break', 'secret\ntoken'],
    ['a character that no header holds', 'secret€token'],
  ])('is said without the token: %s', async (_, token) => {
    const { server, post } = protectedBy(csrf())
    server.given = async () => Response.json({ token })
    const error = await post().catch((reason) => reason)
    expect([error.code, `${error.message} ${error.cause?.message}`]).toEqual([
      'ERR_CSRF_UNAVAILABLE',
      expect.not.stringContaining('secret'),
    ])
  })

  test('blanks around a token are no part of it', async () => {
    const { server, post } = protectedBy(csrf())
    server.given = async () => Response.json({ token: ` ${server.token} ` })
    await post()
    server.token = 'csrf-2'
    expect((await post()).status).toBe(200)
  })

  test('an answer with a token whose body never ends is given up', async () => {
    const { server, post } = protectedBy(csrf(), { refreshTimeoutSeconds: 0.05 })
    server.given = async () => new Response(new ReadableStream({}))
    expect(await codeOf(post())).toBe('ERR_CSRF_UNAVAILABLE')
  })

  test('a refusal whose body never ends is none', async () => {
    const { server, post } = protectedBy(csrf(), { refreshTimeoutSeconds: 0.05 })
    await post()
    server.token = 'csrf-2'
    server.refused = async () => new Response(new ReadableStream({}), { status: 403 })
    expect((await post()).status).toBe(403)
  })

  test('an isRefusal that reads the body leaves it to the caller, and one that throws says no', async () => {
    for (const isRefusal of [
      async (response: Response) => (await response.json()).code === 'OTHER',
      () => {
        throw new Error('a mistake')
      },
    ]) {
      const { server, post } = protectedBy(
        csrfEndpoint({ url: `${API}/csrf-token`, header: 'X-CSRF-Token', isRefusal }),
      )
      await post()
      server.token = 'csrf-2'
      expect((await (await post()).json()).code).toBe('EBADCSRFTOKEN')
    }
  })

  test('an isRefusal is not asked about what went well', async () => {
    let asked = 0
    const isRefusal = () => {
      asked += 1
      return false
    }
    const { post } = protectedBy(
      csrfEndpoint({ url: `${API}/csrf-token`, header: 'X-CSRF-Token', isRefusal }),
    )
    await post()
    expect(asked).toBe(0)
  })
})
