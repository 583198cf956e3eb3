import { afterEach, expect, type TestContext, test } from 'vitest'
import {
  cookieStrategy,
  createClient,
  createLatchkey,
  header,
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

test('CVE-2023-45857, GHSA-wf5p-g6vw-rhxx, axios #6006: no foreign host gets the XSRF cookie’s value in a header', async (context) => {
  const attacked = tallyOf(context)
  secretCookie()
  const post: RequestInit = { method: 'POST', credentials: 'include' }
  for (const strategy of [sessionStrategy({ csrf }) as never, cookieStrategy({ name: 'advisory', csrf })]) {
    const [{ api, foreign }, native] = [newBench(), newBench().foreign]
    const latchkey = createLatchkey({ strategy, allowedOrigins: [api.origin], name: ownName() })
    await latchkey.fetch(foreign.at('echo'), post)
    await fetch(native.at('echo'), { ...post, headers: { 'X-XSRF-TOKEN': 'csrf-secret' } })
    const names = (await foreign.log()).flatMap(({ headers }) => Object.keys(headers))
    attacked({
      leaked: names.includes('x-xsrf-token'),
      nativeWouldLeak: (await arrived(native)).includes('x-xsrf-token'),
    })
    expect(names).not.toContain('x-xsrf-token')
  }
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

/** Where a redirect may lead that is not where it came from: another port, and another host. */
const elsewhere = (foreign: BenchOrigin) => [
  foreign.at('echo'),
  foreign.at('echo').replace('localhost', '127.0.0.1'),
]
const redirectTo = (api: BenchOrigin, to: string, status = 307) =>
  api.at(`redirect/${status}?to=${encodeURIComponent(to)}`)

test('CVE-2022-0235, CVE-2022-1365, CVE-2022-0155, GHSA-74fj-2j2h-c42q, CVE-2024-28849: no Authorization and no cookie follows a redirect to another host or port', async (context) => {
  const attacked = tallyOf(context)
  for (const status of [301, 302, 303, 307, 308]) {
    const { api, foreign } = newBench()
    const latchkey = await sending(api.origin)
    for (const to of elsewhere(foreign)) await codeOf(latchkey.fetch(redirectTo(api, to, status)))
    const log = await arrived(foreign)
    // By hand, hop by hop, as these clients did it.
    const hops = elsewhere(newBench().foreign).map((to) =>
      fetch(to, { headers: { Authorization: 'Bearer token' } }),
    )
    const hop = await (await hops[0])?.json()
    attacked({ leaked: SECRET.test(log), nativeWouldLeak: SECRET.test(JSON.stringify(hop)) })
    expect(log).not.toMatch(SECRET)
  }
})

test('CVE-2018-1000007, CVE-2022-27774, node-fetch #1863: no refresh token follows a redirect to another host or port', async (context) => {
  const attacked = tallyOf(context)
  for (const index of [0, 1]) {
    const [{ api, foreign }, native] = [newBench(), newBench()]
    const to = (bench: BenchOrigin) => elsewhere(bench)[index] ?? ''
    const refresh = oauthRefresh({ tokenEndpoint: redirectTo(api, to(foreign)), clientId: 'app' })
    const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [api.origin], refresh })
    await latchkey.set({ access_token: 'token', refresh_token: 'secret-refresh' })
    expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
    const body = new URLSearchParams({ refresh_token: 'secret-refresh' })
    await fetch(redirectTo(native.api, to(native.foreign)), { method: 'POST', body })
    const bodies = async ({ log }: BenchOrigin) =>
      (await log()).map(({ bodyBase64 }) => atob(bodyBase64 ?? '')).join()
    attacked({
      leaked: SECRET.test(await bodies(foreign)),
      nativeWouldLeak: SECRET.test(await bodies(native.foreign)),
    })
    expect(await foreign.log()).toEqual([])
  }
})

test('CVE-2026-40895, undici #4917, node-fetch #1880: no header of one’s own follows a redirect, the CSRF header neither', async (context) => {
  const attacked = tallyOf(context)
  secretCookie()
  const ways = [
    (origin: string) => sending(origin, { strategy: memoryStrategy({ placement: header('X-Auth-Token') }) }),
    async (origin: string) =>
      createLatchkey({ strategy: sessionStrategy({ csrf }), allowedOrigins: [origin] }),
  ]
  for (const make of ways)
    for (const status of [307, 308]) {
      const [{ api, foreign }, native] = [newBench(), newBench()]
      const asked = (await make(api.origin)).fetch(redirectTo(api, foreign.at('echo'), status), {
        method: 'POST',
      })
      expect(await codeOf(asked)).toBe('ERR_REDIRECT_REFUSED')
      const headers = { 'X-Auth-Token': 'secret-token' }
      await fetch(redirectTo(native.api, native.foreign.at('echo'), status), { method: 'POST', headers })
      attacked({
        leaked: SECRET.test(await arrived(foreign)),
        nativeWouldLeak: SECRET.test(await arrived(native.foreign)),
      })
      expect(await foreign.log()).toEqual([])
    }
})
