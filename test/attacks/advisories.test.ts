import { afterEach, expect, type TestContext, test } from 'vitest'
import {
  cookieStrategy,
  createClient,
  createLatchkey,
  header,
  type Latchkey,
  memoryStrategy,
  oauthRefresh,
  sessionStrategy,
} from '../../src/index.js'
import { dropAllCookies, ownName, sending } from '../browser/fixtures.js'
import { type BenchOrigin, newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'
import { arrived, csrf, SECRET, secretCookie } from './fixtures/advised.js'
import { tally } from './tally.js'

const tallyOf = (context: TestContext) => tally(context, 'advisories')

afterEach(dropAllCookies)

/** What is wrong with a case: a leak, and an advisory that is not tried, since its native client leaks nothing. */
async function judged(
  attacked: ReturnType<typeof tally>,
  name: string,
  ours: BenchOrigin,
  theirs: BenchOrigin,
) {
  const [leaked, nativeWouldLeak] = [SECRET.test(await arrived(ours)), SECRET.test(await arrived(theirs))]
  attacked({ leaked, nativeWouldLeak })
  return [...(leaked ? [`${name} LEAKED`] : []), ...(nativeWouldLeak ? [] : [`${name} was not tried`])]
}

test('CVE-2023-45857, GHSA-wf5p-g6vw-rhxx, axios #6006: no foreign host gets the XSRF cookie’s value in a header', async (context) => {
  const attacked = tallyOf(context)
  secretCookie()
  const post: RequestInit = { method: 'POST', credentials: 'include' }
  const wrong: string[] = []
  for (const strategy of [sessionStrategy({ csrf }) as never, cookieStrategy({ name: 'advisory', csrf })]) {
    const [{ api, foreign }, native] = [newBench(), newBench().foreign]
    const latchkey = createLatchkey({ strategy, allowedOrigins: [api.origin], name: ownName() })
    await latchkey.fetch(foreign.at('echo'), post)
    await fetch(native.at('echo'), { ...post, headers: { 'X-XSRF-TOKEN': 'csrf-secret' } })
    const namesAt = async (at: BenchOrigin) => (await at.log()).flatMap(({ headers }) => Object.keys(headers))
    const [names, nativeNames] = [await namesAt(foreign), await namesAt(native)]
    const leaked = names.includes('x-xsrf-token')
    attacked({ leaked, nativeWouldLeak: nativeNames.includes('x-xsrf-token') })
    if (leaked || names.length === 0) wrong.push(`${strategy.name}: ${names}`)
  }
  expect(wrong).toEqual([])
})

test('CVE-2025-27152, GHSA-jr5f-v2jv-69x6, axios #6463: an absolute URL where a path was meant goes without the credential', async (context) => {
  const attacked = tallyOf(context)
  const [{ api, foreign }, native] = [newBench(), newBench().foreign]
  const latchkey = await sending(api.origin)
  const clients: ((input: string) => Promise<unknown>)[] = [
    (input) => latchkey.fetch(input),
    (input) => createClient(latchkey, { prefix: api.at(''), retry: 0 }).get(input),
    (input) => createClient(latchkey, { baseUrl: api.at(''), retry: 0 }).get(input),
  ]
  for (const client of clients)
    for (const shorten of [(url: string) => url, (url: string) => url.replace('http:', '')]) {
      await client(shorten(foreign.at('echo'))).catch(() => {})
      const headers = { Authorization: 'Bearer token' }
      await fetch(new URL(shorten(native.at('echo')), api.at('')), { headers })
      attacked({
        leaked: SECRET.test(await arrived(foreign)),
        nativeWouldLeak: SECRET.test(await arrived(native)),
      })
    }
  expect(await arrived(foreign)).not.toMatch(SECRET)
  expect((await foreign.log()).length).toBeGreaterThan(2)
})

test('CVE-2025-66035, GHSA-58c5-g7wp-6w37: what is no http:// by its look is still another host', async (context) => {
  const attacked = tallyOf(context)
  const { foreign } = newBench()
  const latchkey = await sending('self')
  const there = foreign.at('echo').replace('http://', '')
  const forms = [
    `//${there}`,
    `\\\\${there}`,
    `/\\${there}`,
    `\\/${there}`,
    `///${there}`,
    ` //${there}`,
    `/\t/${there}`,
  ]
  const all = [...forms, `HTTP://${there}`, `http:\\\\${there}`, `http://x@${there}`, `http:/\n/${there}`]
  for (const form of all) {
    await latchkey.fetch(form).catch(() => {})
    const isRelativeByLook = !/^https?:\/\//.test(form)
    const leaves =
      URL.canParse(form, location.href) && new URL(form, location.href).origin !== location.origin
    attacked({ leaked: SECRET.test(await arrived(foreign)), nativeWouldLeak: isRelativeByLook && leaves })
  }
  expect(await arrived(foreign)).not.toMatch(SECRET)
  // All but the one with a user, which fetch refuses.
  expect(await foreign.log()).toHaveLength(all.length - 1)
})

/** Where a redirect may lead that is not where it came from. */
const ELSEWHERE: Record<string, (foreign: BenchOrigin) => string> = {
  'another port': (foreign) => foreign.at('echo'),
  'another host': (foreign) => foreign.at('echo').replace('localhost', '127.0.0.1'),
}
const redirectTo = (api: BenchOrigin, to: string, status = 307) =>
  api.at(`redirect/${status}?to=${encodeURIComponent(to)}`)

/** As these clients did it: where the redirect leads is asked anew, with all that the first request had. */
async function hopByHop(url: string, init: RequestInit) {
  const hop = await fetch(url)
  await fetch(hop.url, init)
}

test('CVE-2022-0235, CVE-2022-1365, CVE-2022-0155, GHSA-74fj-2j2h-c42q, CVE-2024-28849: no Authorization and no cookie follows a redirect to another host or port', async (context) => {
  const attacked = tallyOf(context)
  secretCookie()
  const wrong: string[] = []
  for (const status of [301, 302, 303, 307, 308])
    for (const [where, locate] of Object.entries(ELSEWHERE)) {
      const [{ api, foreign }, native] = [newBench(), newBench()]
      const latchkey = await sending(api.origin)
      const asked = await codeOf(latchkey.fetch(redirectTo(api, locate(foreign), status)))
      const init: RequestInit = { headers: { Authorization: 'Bearer token' }, credentials: 'include' }
      await hopByHop(redirectTo(native.api, locate(native.foreign), status), init)
      wrong.push(...(await judged(attacked, `${status} to ${where}`, foreign, native.foreign)))
      // It was followed, and bare.
      if (asked !== 'fulfilled' || (await foreign.log()).length === 0)
        wrong.push(`${status} to ${where}: ${asked}`)
    }
  expect(wrong).toEqual([])
})

test('CVE-2018-1000007, CVE-2022-27774, node-fetch #1863: no refresh token follows a redirect to another host or port', async (context) => {
  const attacked = tallyOf(context)
  const wrong: string[] = []
  for (const [where, locate] of Object.entries(ELSEWHERE)) {
    const [{ api, foreign }, native] = [newBench(), newBench()]
    const refresh = oauthRefresh({ tokenEndpoint: redirectTo(api, locate(foreign)), clientId: 'app' })
    const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [api.origin], refresh })
    await latchkey.set({ access_token: 'token', refresh_token: 'secret-refresh' })
    const code = await codeOf(latchkey.refresh())
    const body = new URLSearchParams({ refresh_token: 'secret-refresh' })
    await fetch(redirectTo(native.api, locate(native.foreign)), { method: 'POST', body })
    wrong.push(...(await judged(attacked, where, foreign, native.foreign)))
    const [came, asked] = [await foreign.log(), await api.log()]
    if (code !== 'ERR_REFRESH_FAILED' || came.length > 0 || asked.length === 0)
      wrong.push(`${where}: ${code}, ${came.length} of ${asked.length} arrived`)
  }
  expect(wrong).toEqual([])
})

test('CVE-2026-40895, undici #4917, node-fetch #1880: no header of one’s own follows a redirect, the CSRF header neither', async (context) => {
  const attacked = tallyOf(context)
  secretCookie()
  const ways: Record<string, (origin: string) => Promise<Pick<Latchkey, 'fetch'>>> = {
    'X-Auth-Token': (origin) =>
      sending(origin, { strategy: memoryStrategy({ placement: header('X-Auth-Token') }) }),
    'X-XSRF-TOKEN': async (origin) =>
      createLatchkey({ strategy: sessionStrategy({ csrf }), allowedOrigins: [origin] }),
  }
  const wrong: string[] = []
  for (const [name, make] of Object.entries(ways))
    for (const status of [307, 308]) {
      const [{ api, foreign }, native] = [newBench(), newBench()]
      const latchkey = await make(api.origin)
      const asked = latchkey.fetch(redirectTo(api, foreign.at('echo'), status), { method: 'POST' })
      const code = await codeOf(asked)
      const headers = { [name]: 'secret-token' }
      await fetch(redirectTo(native.api, native.foreign.at('echo'), status), { method: 'POST', headers })
      wrong.push(...(await judged(attacked, `${name}, ${status}`, foreign, native.foreign)))
      if (code !== 'ERR_REDIRECT_REFUSED') wrong.push(`${name}, ${status}: ${code}`)
      if ((await foreign.log()).length > 0) wrong.push(`${name}, ${status}: something arrived`)
    }
  expect(wrong).toEqual([])
})
