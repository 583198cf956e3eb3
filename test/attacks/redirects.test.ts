import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dropCookie, writeCookie } from '../browser/fixtures.js'
import { codeOf } from '../shared/fixtures/events.js'
import { BESIDE } from './fixtures/beside.js'
import {
  COOKIE,
  CSRF,
  CSRF_COOKIE,
  INITS,
  leaking,
  NOWHERE,
  newScene,
  OUT_OF_THE_PREFIX,
  redirect,
  type Scene,
  STATUSES,
  strayed,
  TARGETS,
  type Target,
  WAYS,
  type Way,
} from './fixtures/redirects.js'
import { tally } from './tally.js'

beforeEach(() => writeCookie(`${CSRF_COOKIE}=${CSRF}; path=/`))
afterEach(() => {
  dropCookie(CSRF_COOKIE)
  dropCookie(COOKIE)
  localStorage.clear()
})

interface Case {
  name: string
  init: RequestInit & { method: string }
  start: (scene: Scene) => string
}

function casesOf(
  targets: Record<string, Target>,
  statuses: readonly number[] = STATUSES,
  inits = INITS,
): Case[] {
  const all = Object.entries(targets).flatMap(([target, locate]) =>
    statuses.flatMap((status) =>
      Object.entries(inits).map(([what, init]) => ({ target, locate, status, what, init })),
    ),
  )
  return all.map(({ target, locate, status, what, init }, turn) => ({
    name: `${what}, ${status} to ${target}`,
    init,
    start: (scene) => redirect(scene.api, { status, turn }, locate(scene, { status, turn })),
  }))
}

/** Unread, an answer would hold its connection. */
const read = async (asked: Promise<Response>) => (await asked).text()

/** Two at a time: six redirects within an origin hold all connections that Chromium has for it, and wait for one more. */
async function inTurn<R>(cases: readonly Case[], go: (one: Case) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < cases.length; from += 2)
    results.push(...(await Promise.all(cases.slice(from, from + 2).map(go))))
  return results
}

/** What comes of each: the library's error, and whether a secret strayed with it and without it. */
async function attacked(way: Way, cases: readonly Case[], isPrefixed = false) {
  const [ours, native] = [newScene(isPrefixed), newScene(isPrefixed)]
  const latchkey = await way.sign(ours)
  const codes = await inTurn(cases, async ({ init, start }) => {
    // The same request, with the same header or URL, and nobody who looks where it goes.
    const byHand = read(way.native(start(native), init)).catch(() => {})
    const [code] = await Promise.all([codeOf(read(latchkey.fetch(start(ours), init))), byHand])
    return code
  })
  const [leaked, nativeLeaked] = await Promise.all([leaking(ours), leaking(native)])
  expect(latchkey.state.status).toBe('signed-in')
  return cases.map(({ name, init }, turn) => ({
    name,
    init,
    code: String(codes[turn]),
    leaked: leaked.has(turn),
    nativeWouldLeak: nativeLeaked.has(turn),
  }))
}

type Result = Awaited<ReturnType<typeof attacked>>[number]

/** Those that are wrong, each in a line. */
const told = (results: Result[], isWrong: (one: Result) => boolean) =>
  results
    .filter(isWrong)
    .map(({ name, code, leaked }) => `${name}: ${leaked ? 'leaked' : 'did not leak'}, ${code}`)

const isRefusal = ({ code }: Result) => code === 'ERR_REDIRECT_REFUSED'

describe.for(Object.entries(WAYS))('with the credential in %s', { timeout: 60_000 }, ([, way]) => {
  test('no redirect brings it to another origin, and none ends the session', async (context) => {
    const outcomes = await attacked(way, casesOf(TARGETS))
    outcomes.forEach(tally(context, 'redirects'))
    const isWrong = (one: Result) => one.leaked || isRefusal(one) !== way.isRefused(one.init.method)
    expect(told(outcomes, isWrong)).toEqual([])
  })

  // Not counted: no server here would see what went to another scheme. What is seen is that none is followed.
  test('a redirect to https, to another scheme or to no address brings it nowhere', async () => {
    const outcomes = await attacked(way, casesOf(NOWHERE, [302, 307]))
    expect(told(outcomes, ({ leaked, code }) => leaked || code === 'fulfilled')).toEqual([])
  })

  test('no redirect brings it out of the path of its entry, on the same origin', async (context) => {
    const outcomes = await attacked(way, casesOf(OUT_OF_THE_PREFIX, [302, 307, 308]), true)
    outcomes.forEach(tally(context, 'redirects'))
    const isWrong = (one: Result) =>
      one.leaked || isRefusal(one) !== (way.isRefused(one.init.method) || way.isRefusedWithin)
    expect(told(outcomes, isWrong)).toEqual([])
  })

  test('where the caller chose not to follow, nothing is carried on', async (context) => {
    const count = tally(context, 'redirects')
    for (const redirect of ['manual', 'error'] as const) {
      const inits = { [redirect]: { method: 'POST', redirect } }
      const outcomes = await attacked(way, casesOf(TARGETS, [307], inits))
      outcomes.forEach(count)
      const isWrong = (one: Result) =>
        one.leaked || isRefusal(one) || (one.code === 'fulfilled') !== (redirect === 'manual')
      expect(told(outcomes, isWrong)).toEqual([])
    }
  })

  test('where the caller chose to follow, what comes of it is his, and as with native fetch', async () => {
    const inits = { follow: { method: 'POST', redirect: 'follow' as const } }
    const outcomes = await attacked(way, casesOf(TARGETS, [302, 307], inits))
    expect(told(outcomes, (one) => isRefusal(one) || one.leaked !== one.nativeWouldLeak)).toEqual([])
    expect(outcomes.some(({ leaked }) => leaked)).toBe(way.isRefused('POST'))
  })
})

describe.for(Object.entries(BESIDE))(
  '%s that answers with a redirect',
  { timeout: 60_000 },
  ([, { ask, native }]) => {
    test('brings nothing at all to another origin', async (context) => {
      const count = tally(context, 'redirects')
      const {
        'another port': port,
        'another host': host,
        'the same origin, and then another': hops,
      } = TARGETS
      const cases = casesOf({ port, host, hops }, STATUSES, { asked: { method: 'any' } })
      const wrong = await inTurn(cases, async ({ name, start }) => {
        const [ours, theirs] = [newScene(), newScene()]
        await Promise.all([ask(start(ours)), native(start(theirs)).catch(() => {})])
        const leaked = (await strayed(ours)).length > 0
        count({ leaked, nativeWouldLeak: (await strayed(theirs)).length > 0 })
        return leaked ? [name] : []
      })
      expect(wrong.flat()).toEqual([])
    })
  },
)
