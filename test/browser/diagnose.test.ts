import { afterEach, expect, test } from 'vitest'
import { createLatchkey, header, memoryStrategy, query } from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'
import { SECRET, told, withSession, withToken, wrong } from './diagnose-fixtures.js'

const ORIGIN = 'Access-Control-Allow-Origin'
const CREDENTIALS = 'Access-Control-Allow-Credentials'
const HEADERS = 'Access-Control-Allow-Headers'

afterEach(() => localStorage.clear())

test('where all is as it should be nothing is found, and one request was enough', async () => {
  const placements = [undefined, header('X-Auth'), query('key')]
  for (const placement of placements) {
    const { api } = newBench()
    const latchkey = await withToken(api.origin, { strategy: memoryStrategy({ placement }) })
    expect(await latchkey.diagnose(api.at('echo'))).toEqual([])
    expect((await api.log()).filter(({ method }) => method === 'GET')).toHaveLength(1)
  }
  const { api } = newBench()
  expect(await (await withSession(api.origin)).diagnose(new URL(api.at('echo')))).toEqual([])
})

test('an API on the page’s own origin has nothing to allow', async () => {
  for (const latchkey of [await withToken('self'), await withSession('self')])
    expect(await latchkey.diagnose('/')).toEqual([])
})

test('to an origin that is not allowed nothing is sent, and the finding says where to list it', async () => {
  const { api, foreign } = newBench()
  for (const latchkey of [await withToken(api.origin), await withSession(api.origin)]) {
    const findings = await latchkey.diagnose(foreign.at('echo'))
    expect(told(findings, `"${foreign.origin}"`, 'allowedOrigins')).toEqual(['not-allowed'])
  }
  expect([await foreign.log(), await api.log()]).toEqual([[], []])
})

test.for([
  ['is missing', ''],
  ['names another origin', 'https://other.example'],
])('Access-Control-Allow-Origin that %s is named, with the value it needs', async ([, value = '']) => {
  const { api } = newBench()
  const url = wrong(api, { [ORIGIN]: value })
  for (const latchkey of [await withToken(api.origin), await withSession(api.origin)])
    expect(told(await latchkey.diagnose(url), `${ORIGIN}: ${location.origin}`)).toEqual(['allow-origin'])
})

test('a 401 without Access-Control-Allow-Origin is no riddle any more', async () => {
  const { api } = newBench()
  const latchkey = await withToken(api.origin)
  const findings = await latchkey.diagnose(wrong(api, { [ORIGIN]: '' }, 401))
  expect(told(findings, ORIGIN, '401')).toEqual(['allow-origin'])
})

test.for([
  ['Access-Control-Allow-Credentials is missing', { [CREDENTIALS]: '' }],
  ['Access-Control-Allow-Origin is *', { [ORIGIN]: '*' }],
] as const)('%s: a session is told so, a token does not mind', async ([, headers]) => {
  const { api } = newBench()
  const url = wrong(api, headers)
  const findings = await (await withSession(api.origin)).diagnose(url)
  expect(told(findings, `${CREDENTIALS}: true`, `${ORIGIN}: ${location.origin}`)).toEqual([
    'allow-credentials',
  ])
  expect(await (await withToken(api.origin)).diagnose(url)).toEqual([])
})

test('Access-Control-Allow-Headers that lacks the placement’s header is named, with that header', async () => {
  const { api } = newBench()
  const url = wrong(api, { [HEADERS]: 'content-type' })
  const byBearer = await withToken(api.origin)
  expect(told(await byBearer.diagnose(url), `${HEADERS}: authorization`)).toEqual(['allow-headers'])
  const byHeader = await withToken(api.origin, { strategy: memoryStrategy({ placement: header('X-Auth') }) })
  expect(told(await byHeader.diagnose(url), `${HEADERS}: x-auth`)).toEqual(['allow-headers'])
})

test('signed out, a value that stands for the credential tries its header', async () => {
  const { api } = newBench()
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [api.origin] })
  expect(told(await latchkey.diagnose(wrong(api, { [HEADERS]: '' })))).toEqual(['allow-headers'])
  expect(await latchkey.diagnose(wrong(api, {}, 401))).toEqual([])
})

test('a redirect is a finding: to a login page it should be a 401', async () => {
  const { api, foreign } = newBench()
  const url = api.at(`redirect/302?to=${foreign.at('echo')}`)
  for (const latchkey of [await withToken(api.origin), await withSession(api.origin)])
    expect(told(await latchkey.diagnose(url), '401')).toEqual(['redirected'])
  expect(await foreign.log()).toEqual([])
})

test('a server that is not there, or hangs up, was not reached', async () => {
  const { api } = newBench()
  const gone = 'http://localhost:1'
  const latchkey = await withSession(gone, { allowedOrigins: [gone, api.origin] })
  for (const url of [`${gone}/`, api.at('drop')])
    expect(told(await latchkey.diagnose(url), new URL(url).origin)).toEqual(['unreachable'])
})

test('a server that hangs costs the time of a refresh and no more', async () => {
  const { api } = newBench()
  const latchkey = await withToken(api.origin, { refreshTimeoutSeconds: 0.3 })
  const begun = performance.now()
  expect(told(await latchkey.diagnose(api.at('hang')), '0.3 seconds')).toEqual(['timed-out'])
  expect(performance.now() - begun).toBeLessThan(2000)
})

test('a token that is refused is said to be, and neither renewed nor cleared for it', async () => {
  const { api } = newBench()
  let refreshes = 0
  const refresh = async () => {
    refreshes += 1
    return null
  }
  const latchkey = await withToken(api.origin, { refresh })
  const { state } = latchkey
  expect(told(await latchkey.diagnose(api.at('answers/401')), 'placement')).toEqual(['credential-refused'])
  expect([refreshes, latchkey.state === state]).toEqual([0, true])
})

test('a session that its own site refuses: the attributes that decide are named', async () => {
  const { api } = newBench()
  const latchkey = await withSession(api.origin)
  const findings = await latchkey.diagnose(api.at('answers/401'))
  expect(told(findings, 'Path', 'Domain', 'Secure', 'localhost')).toEqual(['cookie-refused'])
})

test('a session that another site refuses: SameSite=None, Secure and Partitioned are named', async () => {
  const { api } = newBench()
  const there = api.at('answers/401').replace('localhost', '127.0.0.1')
  const latchkey = await withSession(new URL(there).origin)
  const findings = await latchkey.diagnose(there)
  expect(told(findings, '"SameSite=None; Secure"', '"Partitioned"', 'https')).toEqual(['cookie-cross-site'])
})

test('without a session a 401 is what one expects', async () => {
  const { api } = newBench()
  const latchkey = await withSession(api.origin)
  await latchkey.clear()
  expect(await latchkey.diagnose(api.at('answers/401'))).toEqual([])
})

test('only GETs are sent, and the token goes where fetch would send it', async () => {
  const { api, foreign } = newBench()
  const latchkey = await withToken(api.origin)
  const broken: Record<string, string>[] = [{ [ORIGIN]: '' }, { [HEADERS]: '' }, {}]
  for (const headers of broken) await latchkey.diagnose(wrong(api, headers, 401))
  const bare = await withToken(api.origin, { strategy: memoryStrategy({ placement: query('key') }) })
  await bare.diagnose(wrong(foreign, {}))
  const log = await api.log()
  expect([...new Set(log.map(({ method }) => method))].sort()).toEqual(['GET', 'OPTIONS'])
  const tokens = new Set(log.map(({ headers }) => headers.authorization))
  expect([...tokens].filter((one) => one !== undefined)).toEqual([`Bearer ${SECRET}`])
  expect(await foreign.log()).toEqual([])
})

test('no message holds the token, nor anything of the URL but its origin', async () => {
  const { api, foreign } = newBench()
  const latchkey = await withToken(api.origin, { refreshTimeoutSeconds: 0.3 })
  const session = await withSession(api.origin, { refreshTimeoutSeconds: 0.3 })
  const secret = { 'X-Secret': SECRET }
  const urls = [
    ...[{ [ORIGIN]: '' }, { [HEADERS]: '' }, { [CREDENTIALS]: '' }].map((one) =>
      wrong(api, { ...one, ...secret }),
    ),
    ...['answers/401', 'redirect/302', 'hang', 'drop'].map((path) => api.at(`${path}?to=${SECRET}`)),
    foreign.at(SECRET),
  ]
  const findings = []
  for (const url of urls) findings.push(...(await latchkey.diagnose(url)), ...(await session.diagnose(url)))
  expect(findings.length).toBeGreaterThan(10)
  const id = new URL(api.at('')).pathname.split('/')[1]
  expect(JSON.stringify(findings)).not.toMatch(new RegExp(`${SECRET.slice(0, 6)}|${id}`))
})

test('what is no URL is a TypeError, which does not quote it', async () => {
  const latchkey = await withToken('self')
  for (const url of [`https://:${SECRET}`, `https://user:${SECRET}@localhost/`]) {
    const error = await latchkey.diagnose(url).catch((error) => error)
    expect([error instanceof TypeError, String(error).includes(SECRET)]).toEqual([true, false])
  }
})

test('after dispose there is no diagnosis', async () => {
  const latchkey = await withToken('self')
  latchkey.dispose()
  expect(await codeOf(latchkey.diagnose('/'))).toBe('ERR_DISPOSED')
})
