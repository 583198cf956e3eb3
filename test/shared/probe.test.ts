import { afterEach, describe, expect, test } from 'vitest'
import {
  createLatchkey,
  type LatchkeyOptions,
  type SessionOptions,
  type SessionResponse,
  type Store,
  sessionStrategy,
} from '../../src/index.js'
import { listen, settled } from './fixtures/events.js'
import { API } from './fixtures/instance.js'

const ADA = { sub: 'ada', name: 'Ada' }

/** A server that alone knows who is signed in. */
function sessionServer() {
  const server = {
    me: ADA as object | null,
    /** What it answers to the question. */
    probed: async (): Promise<Response> =>
      server.me ? Response.json(server.me) : new Response(null, { status: 401 }),
    seen: [] as string[],
    async fetch(request: Request): Promise<Response> {
      const { pathname } = new URL(request.url)
      server.seen.push(`${request.method} ${pathname}`)
      if (pathname === '/me') return server.probed()
      return new Response(null, { status: server.me ? 200 : 401 })
    },
  }
  return server
}

function visit(
  server = sessionServer(),
  session: SessionOptions = { probe: `${API}/me` },
  options: Partial<LatchkeyOptions<SessionResponse>> = {},
) {
  const latchkey = createLatchkey({
    strategy: sessionStrategy(session),
    allowedOrigins: [API],
    fetch: server.fetch,
    refreshTimeoutSeconds: 0.5,
    name: 'probe',
    ...options,
  })
  return { server, latchkey, ...listen(latchkey) }
}

const made: { latchkey: { clear(): Promise<void>; dispose(): void } }[] = []
const opened = <V extends (typeof made)[number]>(one: V): V => {
  made.push(one)
  return one
}

afterEach(async () => {
  for (const { latchkey } of made.splice(0)) {
    await latchkey.clear().catch(() => {})
    latchkey.dispose()
  }
  localStorage.clear()
})

describe('at the start, with nothing noted here', () => {
  test('the session that the server knows is found, and whose it is', async () => {
    const { latchkey, types } = opened(visit())
    expect(latchkey.state.status).toBe('unknown')
    const { status, subject, claims } = await latchkey.ready()
    expect([status, subject, claims]).toEqual(['signed-in', 'ada', ADA])
    await settled()
    expect(types()).toEqual(['initial', 'signed-in'])
  })

  test('it is noted for the next start, without a word of whose it is', async () => {
    await opened(visit()).latchkey.ready()
    const kept = Object.values({ ...localStorage }).join()
    expect(kept).toContain('"generation"')
    expect(kept.toLowerCase()).not.toContain('ada')
  })

  test.each([
    ['401', () => new Response(null, { status: 401 })],
    ['200 null', () => Response.json(null)],
  ])('a server that answers %s says that nobody is signed in', async (_, answer) => {
    const server = sessionServer()
    server.probed = async () => answer()
    const { latchkey, events } = opened(visit(server))
    expect((await latchkey.ready()).status).toBe('signed-out')
    await settled()
    expect(events.at(-1)).toEqual({ type: 'signed-out', error: undefined })
  })

  test.each([
    ['500', () => new Response(null, { status: 500 })],
    ['403', () => Response.json({ sub: 'ada' }, { status: 403 })],
    ['a page of HTML', () => new Response('<p>Sign in')],
    ['text', () => Response.json('ada')],
    [
      'no answer',
      () => {
        throw new TypeError('network')
      },
    ],
  ])('%s says nothing: a signed-out start with an error', async (_, answer) => {
    const server = sessionServer()
    server.probed = async () => answer()
    const { latchkey, events } = opened(visit(server))
    expect((await latchkey.ready()).status).toBe('signed-out')
    await settled()
    expect(events.at(-1)).toMatchObject({ type: 'signed-out', error: { code: 'ERR_REFRESH_FAILED' } })
  })

  test('refresh() looks again, as after a login in another window', async () => {
    const server = sessionServer()
    server.me = null
    const { latchkey } = opened(visit(server))
    await latchkey.ready()
    server.me = ADA
    await latchkey.refresh()
    expect(latchkey.state).toMatchObject({ status: 'signed-in', subject: 'ada' })
  })

  test('a request does not wait for the answer: the browser sends the cookie anyway', async () => {
    const server = sessionServer()
    server.probed = () => new Promise(() => {})
    const { latchkey } = opened(visit(server))
    expect((await latchkey.fetch(`${API}/items`)).status).toBe(200)
    expect(latchkey.state.status).toBe('unknown')
  })

  test('a server that hangs is given up after refreshTimeoutSeconds', async () => {
    const server = sessionServer()
    server.probed = () => new Promise(() => {})
    const { latchkey } = opened(visit(server, undefined, { refreshTimeoutSeconds: 0.05 }))
    expect((await latchkey.ready()).status).toBe('signed-out')
  })

  test('what is set or cleared meanwhile wins over the answer', async () => {
    for (const act of ['set', 'clear'] as const) {
      const server = sessionServer()
      let answer = () => {}
      const asked = new Promise<void>((resolve) => {
        answer = resolve
      })
      server.probed = () => asked.then(() => Response.json({ sub: 'late' }))
      const { latchkey } = opened(visit(server))
      await expect.poll(() => server.seen).toEqual(['GET /me'])
      await (act === 'set' ? latchkey.set({ claims: ADA }) : latchkey.clear())
      answer()
      expect((await latchkey.ready()).subject).toBe(act === 'set' ? 'ada' : undefined)
      expect(localStorage.length).toBe(act === 'set' ? 1 : 0)
      await latchkey.clear()
    }
  })

  test('two tabs that find it at once agree that it is one sign-in, whoever it is', async () => {
    // Without IndexedDB only its name tells that it is one.
    const unnamed = globalThis.indexedDB ? [async () => ({})] : []
    for (const probe of [`${API}/me`, ...unnamed]) {
      const server = sessionServer()
      const [one, other] = [opened(visit(server, { probe })), opened(visit(server, { probe }))]
      await Promise.all([one.latchkey.ready(), other.latchkey.ready()])
      await settled()
      expect([...one.types(), ...other.types()]).not.toContain('user-changed')
      expect([one.latchkey.state, other.latchkey.state]).toMatchObject(Array(2).fill({ status: 'signed-in' }))
      await one.latchkey.clear()
    }
  })

  test('a session that can’t be noted is there all the same, and the state says where', async () => {
    const storage: Store = {
      name: 'broken',
      persistent: true,
      read: async () => undefined,
      write: async () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
      erase: async () => {},
    }
    const { latchkey } = opened(visit(sessionServer(), { probe: `${API}/me`, storage }))
    expect(await latchkey.ready()).toMatchObject({
      status: 'signed-in',
      subject: 'ada',
      storage: { name: 'memory', error: { code: 'ERR_STORAGE_FAILED' } },
    })
  })

  test('cleared while it is being noted, it stays cleared', async () => {
    let kept: string | undefined
    const storage: Store = {
      name: 'slow',
      persistent: true,
      read: async () => kept,
      async write(_, value) {
        await new Promise((resume) => setTimeout(resume, 50))
        kept = value
      },
      async erase() {
        kept = undefined
      },
    }
    const { latchkey, types } = opened(visit(sessionServer(), { probe: `${API}/me`, storage }))
    await new Promise((resume) => setTimeout(resume, 25))
    await latchkey.clear()
    expect([(await latchkey.ready()).status, kept, ...types()]).toEqual([
      'signed-out',
      undefined,
      'initial',
      'signed-out',
    ])
  })

  test('a probe of the app’s that never answers is given up after refreshTimeoutSeconds', async () => {
    const probe = () => new Promise<never>(() => {})
    const { latchkey } = opened(visit(sessionServer(), { probe }, { refreshTimeoutSeconds: 0.05 }))
    expect((await latchkey.ready()).status).toBe('signed-out')
  })
})

describe('with a session noted here', () => {
  async function noted(server = sessionServer()) {
    await opened(visit(server)).latchkey.ready()
    server.seen.length = 0
    return server
  }

  test('nobody waits, and whose it is comes behind', async () => {
    const server = await noted()
    const { latchkey } = opened(visit(server))
    expect((await latchkey.ready()).status).toBe('signed-in')
    await expect.poll(() => latchkey.state.subject).toBe('ada')
    expect(server.seen).toEqual(['GET /me'])
  })

  test('one that has ended on the server is signed out, in this tab and in the others', async () => {
    const server = await noted()
    const other = opened(visit(server))
    await expect.poll(() => other.latchkey.state.subject).toBe('ada')
    server.me = null
    const { latchkey } = opened(visit(server))
    await expect.poll(() => latchkey.state.status).toBe('signed-out')
    expect(latchkey.state.reason).toBe('refresh-rejected')
    await expect.poll(() => other.latchkey.state.status).toBe('signed-out')
  })

  test('an answer for who was there before is not taken for who has signed in since', async () => {
    const server = await noted()
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    server.probed = () => asked.then(() => Response.json(ADA))
    const { latchkey } = opened(visit(server))
    await latchkey.ready()
    await latchkey.set({ claims: { sub: 'bob' } })
    answer()
    await settled()
    await settled()
    expect(latchkey.state.subject).toBe('bob')
  })

  test('a probe that fails changes nothing', async () => {
    const server = await noted()
    server.probed = async () => new Response(null, { status: 503 })
    const { latchkey, types } = opened(visit(server))
    await latchkey.ready()
    await settled()
    expect([latchkey.state.status, ...types()]).toEqual(['signed-in', 'initial', 'signed-in'])
  })
})

describe('while the page is open', () => {
  test('a 401 asks the server whether the session has ended, once for all, and is returned', async () => {
    const { server, latchkey } = opened(visit())
    await latchkey.ready()
    server.me = null
    server.seen.length = 0
    const answers = await Promise.all([1, 2, 3].map((n) => latchkey.fetch(`${API}/items/${n}`)))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'refresh-rejected' })
    expect(server.seen.filter((line) => line === 'GET /me')).toHaveLength(1)
  })

  test('a 401 while the session lives is sent once more, and signs nobody out', async () => {
    const server = sessionServer()
    let refusals = 1
    const fetch = (request: Request) => {
      const isRefused = request.url.endsWith('/items') && refusals-- > 0
      return isRefused ? Promise.resolve(new Response(null, { status: 401 })) : server.fetch(request)
    }
    const { latchkey } = opened(visit(server, undefined, { fetch }))
    await latchkey.ready()
    expect((await latchkey.fetch(`${API}/items`)).status).toBe(200)
    expect(latchkey.state.status).toBe('signed-in')
  })

  test('after set({}) the server says who has signed in', async () => {
    const server = sessionServer()
    server.me = null
    const { latchkey } = opened(visit(server))
    await latchkey.ready()
    server.me = ADA
    await latchkey.set({})
    await expect.poll(() => latchkey.state.subject).toBe('ada')
  })

  test('whose session it is stays known when it is renewed', async () => {
    const { server, latchkey } = opened(visit(sessionServer(), undefined, { refresh: async () => ({}) }))
    await latchkey.ready()
    await latchkey.refresh()
    expect(latchkey.state.subject).toBe('ada')
    expect(server.seen).toEqual(['GET /me'])
  })

  test('a server that does not say who it is is asked once for each sign-in', async () => {
    let asked = 0
    const probe = async () => {
      asked += 1
      return {}
    }
    const { latchkey } = opened(visit(sessionServer(), { probe }, { refresh: async () => ({}) }))
    await latchkey.ready()
    await latchkey.refresh()
    await settled()
    expect(asked).toBe(1)
    await latchkey.clear()
    await latchkey.set({})
    await latchkey.refresh()
    await settled()
    expect(asked).toBe(2)
  })

  test('set({ claims }) says it without asking', async () => {
    const { server, latchkey } = opened(visit(sessionServer(), {}))
    await latchkey.set({ claims: ADA })
    expect([latchkey.state.subject, server.seen]).toEqual(['ada', []])
  })
})

test('a probe may be a function, for a server that says it in its own words', async () => {
  const server = sessionServer()
  server.probed = async () => Response.json({ authenticated: true, user: { id: 7 } })
  const { latchkey } = opened(
    visit(
      server,
      {
        probe: async ({ fetch }) => {
          const answer = await (await fetch(`${API}/me`)).json()
          return answer.authenticated ? { claims: { sub: String(answer.user.id) } } : null
        },
      },
      {},
    ),
  )
  expect((await latchkey.ready()).subject).toBe('7')
})

test('a probe at an origin that is not on the list is never sent', async () => {
  const { server, latchkey, events } = opened(visit(sessionServer(), { probe: 'https://ads.example.net/me' }))
  await latchkey.ready()
  await settled()
  expect([server.seen, events.at(-1)]).toMatchObject([[], { error: { code: 'ERR_FOREIGN_ORIGIN' } }])
})

test('without a probe nothing is asked, and a 401 changes nothing', async () => {
  const server = sessionServer()
  const { latchkey } = opened(visit(server, {}))
  await latchkey.set({})
  server.me = null
  expect((await latchkey.fetch(`${API}/items`)).status).toBe(401)
  expect([latchkey.state.status, server.seen]).toEqual(['signed-in', ['GET /items']])
})

test('a probe that is neither a URL nor a function is refused', () => {
  expect(() => sessionStrategy({ probe: 1 as never })).toThrow('"probe" must be a URL or a function')
})

test('what the server says of the user can’t be changed in the state', async () => {
  const { latchkey } = opened(visit())
  expect(Object.isFrozen((await latchkey.ready()).claims)).toBe(true)
})
