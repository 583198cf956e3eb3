import { expect, test, vi } from 'vitest'
import {
  createLatchkey,
  type EventSourceErrorEvent,
  header,
  LatchkeyError,
  type LatchkeyOptions,
  memoryStrategy,
} from '../../../src/index.js'
import { loaded } from '../../../src/load.js'
import type { Scripted } from '../../bench-server/streams.js'
import { type BenchOrigin, newBench } from '../../harness/bench.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { never, sleep } from '../../shared/fixtures/faults.js'
import { sending } from '../fixtures.js'
import { connections, has, hear, isClosed, pieces, streamAt } from './scripted.js'

const QUICK = 'retry: 10\n\n'
const one = { pieces: pieces(`${QUICK}id: 1\ndata: a\n\n`) }
const held = { ...one, after: 'hold' } as const

/** Signed in with a token of a minute, at a clock and with a refresh in the test's hands. */
async function expiring(origin: string, more: Partial<LatchkeyOptions> = {}) {
  const clock = { ms: 0 }
  const refresh = Object.assign(
    async () => {
      refresh.calls += 1
      await refresh.before()
      return { access_token: `at-${refresh.calls}`, expires_in: 3600 }
    },
    { calls: 0, before: async () => {} },
  )
  const now = () => Date.now() + clock.ms
  const latchkey = await sending(origin, { refresh, now, ...more })
  await latchkey.set({ access_token: 'at-0', expires_in: 60 })
  return { latchkey, clock, refresh }
}

const reason = (errors: unknown[]): unknown[] => {
  const error = Object(errors.at(-1))
  return [error.code, error.cause?.message]
}

test('it is what EventSource is, and at once', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const source = latchkey.eventSource(new URL(streamAt(api, held)), { withCredentials: true })
  // Elsewhere, since it may have been sent already: the script counts its connections.
  const native = new EventSource(streamAt(newBench().api))
  native.close()
  const names = ['CONNECTING', 'OPEN', 'CLOSED', 'onopen', 'onmessage', 'onerror'] as const
  for (const name of names) expect(source[name]).toBe(native[name])
  expect([source.readyState, source.url, source.withCredentials]).toEqual([0, streamAt(api, held), true])
  const events = await new Promise<Event[]>((resolve) => {
    const came: Event[] = []
    source.onopen = (event) => came.push(event)
    source.onmessage = function (event) {
      expect(this).toBe(source)
      resolve([...came, event])
    }
  })
  expect(events.map(({ type, target }) => [type, target === source])).toEqual([
    ['open', true],
    ['message', true],
  ])
  expect(events[1]).toMatchObject({ data: 'a', lastEventId: '1', origin: api.origin })
  source.close()
  expect(source.readyState).toBe(2)
})

test('a relative URL is the page’s, one that is none is told at once, and so is a wrong option', async () => {
  const latchkey = await sending('self')
  const source = latchkey.eventSource('no-such-stream')
  source.close()
  expect(source.url).toBe(new URL('no-such-stream', document.baseURI).href)
  expect(() => latchkey.eventSource('http://')).toThrow(TypeError)
  expect(() => latchkey.eventSource('/', { credentials: 'include' } as never)).toThrow('"credentials" must')
})

test('each connection carries the credential, and asks no cache', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  await hear(latchkey.eventSource(streamAt(api, one, one))).until(isClosed)
  expect(await connections(api, 'authorization')).toEqual(Array(3).fill('Bearer token'))
  expect(await connections(api, 'accept')).toEqual(Array(3).fill('text/event-stream'))
  expect(await connections(api, 'cache-control')).toEqual(Array(3).fill('no-cache'))
  expect(await connections(api, 'last-event-id')).toEqual([undefined, '1', '1'])
})

test('a token that ended in mid-stream is refreshed before the next connection, once', async () => {
  const { api } = newBench()
  const { latchkey, clock, refresh } = await expiring(api.origin)
  const { source, until } = hear(latchkey.eventSource(streamAt(api, one, one, held)))
  source.addEventListener('message', () => {
    clock.ms = 61_000
  })
  await until(has('message', 3))
  expect(await connections(api, 'authorization')).toEqual(['Bearer at-0', 'Bearer at-1', 'Bearer at-1'])
  expect(refresh.calls).toBe(1)
})

test('a 401 is refreshed and sent again once, and the app hears of none of it', async () => {
  const { api } = newBench()
  const { latchkey } = await expiring(api.origin)
  const { told, until } = hear(latchkey.eventSource(streamAt(api, { status: 401 }, held)))
  await until(has('message'))
  expect(told).toEqual(['open 1', 'message 1: a (1)'])
  expect(await connections(api, 'authorization')).toEqual(['Bearer at-0', 'Bearer at-1'])
})

test('a second 401 closes it for good', async () => {
  const { api } = newBench()
  const { latchkey, refresh } = await expiring(api.origin)
  const { told, errors, until } = hear(latchkey.eventSource(streamAt(api, { status: 401 }, { status: 401 })))
  await until(isClosed)
  expect([told, reason(errors)]).toEqual([['error 2'], ['ERR_CONNECTION_FAILED', 'The server answered 401']])
  expect([refresh.calls, (await connections(api, 'host')).length]).toEqual([1, 2])
})

test.for([
  [{ status: 404 }, 'The server answered 404'],
  [{ status: 204 }, 'The server answered 204'],
  [{ status: 200, type: 'text/html; charset=utf-8' }, 'The server answered with the type text/html'],
] as const)('the event says why it is closed: %o', async ([script, why]) => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const event = await new Promise<Event>((resolve) => {
    latchkey.eventSource(streamAt(api, script)).onerror = resolve
  })
  const { error } = event as EventSourceErrorEvent
  expect(error).toMatchObject({ code: 'ERR_CONNECTION_FAILED', strategy: 'memory', cause: { message: why } })
})

test('a server that is busy or broken is asked again, and not before it says', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const exposed = { 'Access-Control-Expose-Headers': 'Retry-After', 'Retry-After': '2' }
  const script = [one, { status: 503 }, { status: 429, headers: exposed }, held] as const
  const { told, errors, until } = hear(latchkey.eventSource(streamAt(api, ...script)))
  await until(has('error', 3))
  const since = performance.now()
  await until(has('open', 2))
  expect(performance.now() - since).toBeGreaterThan(1900)
  expect(told.filter((line) => !line.startsWith('message'))).toEqual([
    'open 1',
    'error 0',
    'error 0',
    'error 0',
    'open 1',
  ])
  expect(errors.map((error) => Object(error).code)).toEqual([
    undefined,
    'ERR_CONNECTION_FAILED',
    'ERR_CONNECTION_FAILED',
  ])
})

test('the network’s failure is no end, and each further one is waited for longer', async () => {
  const { api } = newBench()
  const at: number[] = []
  const fetch = async (request: Request) => {
    at.push(performance.now())
    if (at.length === 1) return globalThis.fetch(request)
    throw new TypeError('Failed to fetch')
  }
  const latchkey = await sending(api.origin, { fetch })
  await hear(latchkey.eventSource(streamAt(api, one))).until(has('error 0', 4))
  const waits = at.slice(2).map((time, i) => time - (at[i + 1] ?? 0))
  expect(waits[0]).toBeLessThan(waits[1] ?? 0)
  expect(waits[1]).toBeGreaterThan(450)
})

test('a refresh that fails for now is no end, and is waited for', async () => {
  const { api } = newBench()
  const { latchkey, clock, refresh } = await expiring(api.origin)
  clock.ms = 61_000
  refresh.before = async () => {
    if (refresh.calls > 1) return
    throw new LatchkeyError('ERR_REFRESH_FAILED', { retryAt: Date.now() + clock.ms + 3500 })
  }
  const since = performance.now()
  const { told, errors, until } = hear(latchkey.eventSource(streamAt(api, held)))
  await until(has('message'))
  expect(told).toEqual(['error 0', 'open 1', 'message 1: a (1)'])
  expect([reason(errors)[0], refresh.calls]).toEqual(['ERR_REFRESH_FAILED', 2])
  expect(performance.now() - since).toBeGreaterThan(3400)
  expect(await connections(api, 'authorization')).toEqual(['Bearer at-2'])
})

test('another origin gets no credential, or nothing at all where that is asked for', async () => {
  const { api, foreign } = newBench()
  const latchkey = await sending(api.origin)
  await hear(latchkey.eventSource(streamAt(foreign, one))).until(isClosed)
  expect(await connections(foreign, 'authorization')).toEqual([undefined, undefined])

  const strict = await sending(api.origin, { onForeignOrigin: 'reject' })
  const { errors, until } = hear(strict.eventSource(streamAt(foreign, one)))
  await until(isClosed)
  expect(reason(errors)).toEqual(['ERR_FOREIGN_ORIGIN', undefined])
  expect(await connections(foreign, 'host')).toHaveLength(2)
})

test('a redirect that would expose the credential is refused for good', async () => {
  const { api, foreign } = newBench()
  const latchkey = await sending(api.origin, { strategy: memoryStrategy({ placement: header('X-Auth') }) })
  const to = encodeURIComponent(streamAt(foreign, held))
  const { errors, until } = hear(latchkey.eventSource(api.at(`redirect/307?to=${to}`)))
  await until(isClosed)
  expect(reason(errors)).toEqual(['ERR_REDIRECT_REFUSED', undefined])
  expect(await foreign.log()).toEqual([])
})

const other = { access_token: 'bobs' }
const ends = {
  'clear()': ['ERR_SIGNED_OUT', (latchkey) => latchkey.clear()],
  'another user’s sign-in': ['ERR_SIGNED_OUT', (latchkey) => latchkey.set(other)],
  'dispose()': ['ERR_DISPOSED', async (latchkey) => latchkey.dispose()],
} satisfies Record<string, [string, (latchkey: Awaited<ReturnType<typeof sending>>) => Promise<void>]>
const forTheFirst = { ...held, pieces: pieces('data: for the first\n\n') }
const moments = {
  'in mid-stream': async (api) => {
    const heard = await signedInHearing(api, streamAt(api, held, forTheFirst))
    await heard.until(has('message'))
    return heard
  },
  'between two connections': async (api) => {
    const heard = await signedInHearing(api, streamAt(api, { pieces: pieces('retry: 200\n\n') }, forTheFirst))
    await heard.until(has('error 0'))
    return heard
  },
  'while it connects': async (api) => {
    const heard = await signedInHearing(api, api.at('hang'))
    await sleep(300)
    return heard
  },
} satisfies Record<string, (api: BenchOrigin) => ReturnType<typeof signedInHearing>>

async function signedInHearing(api: BenchOrigin, url: string) {
  const latchkey = await sending(api.origin, { subject: ({ access_token }) => access_token })
  return { latchkey, ...hear(latchkey.eventSource(url)) }
}

for (const [how, [code, end]] of Object.entries(ends)) {
  test.for(Object.entries(moments))(`${how} closes it %s, and nothing is asked after`, async ([, begin]) => {
    const { api } = newBench()
    const { latchkey, source, told, errors, until } = await begin(api)
    const ended = end(latchkey)
    if (how !== 'another user’s sign-in') expect(source.readyState).toBe(2)
    await ended
    await until(isClosed)
    const before = await connections(api, 'authorization')
    await sleep(400)
    expect([has('for the first')(told), reason(errors)]).toEqual([false, [code, undefined]])
    expect(await connections(api, 'authorization')).toEqual(before)
    expect(before).toEqual(['Bearer token'])
  })
}

test('one that is opened when all is over says so, and goes nowhere', async () => {
  const { api, foreign } = newBench()
  const latchkey = await sending(api.origin)
  latchkey.dispose()
  for (const origin of [api, foreign]) {
    const { errors, until } = hear(latchkey.eventSource(streamAt(origin, held)))
    await until(isClosed)
    expect([reason(errors), await origin.log()]).toEqual([['ERR_DISPOSED', undefined], []])
  }
})

test('close() and the signal end it without a word, also in the middle of a piece', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const both: Scripted = { pieces: pieces('data: a\n\ndata: b\n\n'), after: 'hold' }
  const url = streamAt(api, both, both)
  const aborting = new AbortController()
  const byCall = hear(latchkey.eventSource(url))
  byCall.source.onmessage = () => byCall.source.close()
  const bySignal = hear(latchkey.eventSource(url, { signal: aborting.signal }))
  bySignal.source.onmessage = () => aborting.abort()
  const never = hear(latchkey.eventSource(url, { signal: AbortSignal.abort() }))
  await sleep(500)
  for (const { told, source } of [byCall, bySignal, never]) {
    expect(source.readyState).toBe(2)
    expect(told.filter((line) => /b|error/.test(line))).toEqual([])
  }
  const closedIn = ['open 1', 'message 2: a ()']
  expect([byCall.told, bySignal.told, never.told]).toEqual([closedIn, closedIn, []])
})

test('it says nothing that is closed when its answer comes, or in its own event', async () => {
  const { api } = newBench()
  const answered: (() => void)[] = []
  const fetch = async () => {
    await new Promise<void>((resolve) => answered.push(resolve))
    return new Response('data: a\n\n', { headers: { 'Content-Type': 'text/event-stream' } })
  }
  const latchkey = await sending(api.origin, { fetch })
  const { source, told } = hear(latchkey.eventSource(api.at('late')))
  await vi.waitFor(() => expect(answered).toHaveLength(1))
  answered[0]?.()
  source.close()
  const lost = hear(latchkey.eventSource(api.at('lost')))
  lost.source.onerror = () => lost.source.close()
  await vi.waitFor(() => expect(answered).toHaveLength(2))
  answered[1]?.()
  await lost.until(has('error'))
  await sleep(300)
  expect([told, lost.told]).toEqual([[], ['open 1', 'message 1: a ()', 'error 2']])
  expect(answered).toHaveLength(2)
})

test('what was opened while signed out goes on through a sign-in, and connects with the credential', async () => {
  const { api } = newBench()
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [api.origin] })
  const slow = { pieces: pieces('retry: 10\ndata: a\n\n', ...Array(10).fill(':\n'), 'data: b\n\n') }
  const { told, until } = hear(latchkey.eventSource(streamAt(api, slow, held)))
  await until(has('message'))
  await latchkey.set({ access_token: 'token' })
  await until(has('message', 3))
  expect(told.slice(0, 4)).toEqual(['open 1', 'message 1: a ()', 'message 1: b ()', 'error 0'])
  expect(await connections(api, 'authorization')).toEqual([undefined, 'Bearer token'])
})

test('what was opened by a guest goes on through a sign-in, whoever was there before', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin, { refresh: async () => null })
  for (const leave of [() => latchkey.clear(), () => latchkey.refresh()]) {
    await leave()
    const { source, until, errors } = hear(latchkey.eventSource(streamAt(api, held, held)))
    await until(has('open'))
    await latchkey.set({ access_token: 'bobs' })
    await sleep(100)
    expect([source.readyState, errors]).toEqual([1, []])
    await latchkey.clear()
    await until(isClosed)
    await latchkey.set({ access_token: 'cleos' })
  }
})

test('one whose code is gone, or does not come, says so', async () => {
  const limit = (module: Promise<unknown>) =>
    loaded(module, new AbortController().signal, {
      refreshTimeoutSeconds: 0.05,
      fail: (code, cause) => new LatchkeyError(code, { cause }),
    })
  expect(await codeOf(limit(Promise.reject(new TypeError('Failed to fetch'))))).toBe('ERR_CONNECTION_FAILED')
  expect(await codeOf(limit(never()))).toBe('ERR_CONNECTION_FAILED')
})

test('what is wrong is named', () => {
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'] })
  expect(() => latchkey.eventSource('http://')).toThrow(/^"url" must/)
  expect(() => latchkey.eventSource('/', { signal: {} as AbortSignal })).toThrow(/^"signal" must/)
})

test('what is big, and what is fast, comes whole and in order', { timeout: 30_000 }, async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const { told, until } = hear(latchkey.eventSource(api.at('ticking/200/5')))
  await until(has('message', 200))
  expect(told.slice(1)).toEqual(Array.from({ length: 200 }, (_, i) => `message 1: ${i + 1} (${i + 1})`))

  const line = 'é'.repeat(1_000_000)
  const body = `data: ${line}\ndata: ${line}\n\n${'data: x\n'.repeat(50_000)}\n`
  const answer = () => new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
  const big = await sending(api.origin, { fetch: async () => answer() })
  const datas = await new Promise<string[]>((resolve) => {
    const came: string[] = []
    const source = big.eventSource(api.at('big'))
    source.onmessage = ({ data }) => came.push(data)
    source.onerror = () => {
      source.close()
      resolve(came)
    }
  })
  expect(datas[0] === `${line}\n${line}`).toBe(true)
  expect(datas[1]?.length).toBe(50_000 * 2 - 1)
})

test('a page that is left lets its connection go, and connects again when it is back', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const { told, until } = hear(latchkey.eventSource(streamAt(api, held, held)))
  await until(has('message'))
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  await until(has('error 0'))
  await sleep(500)
  expect(has('open', 2)(told)).toBe(false)
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await until(has('message', 2))
  expect(await connections(api, 'last-event-id')).toEqual([undefined, '1'])
})
