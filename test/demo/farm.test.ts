import { request } from 'node:http'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, usableEngines } from '../harness/browsers.js'
import { generations, isRunning } from '../harness/process-table.js'
import { startRedis } from '../servers/web/redis.js'
import { isUsable } from '../servers/web/runtimes.js'
import { faultsIn } from './accessible.js'
import { type Answer, ask, cookiesIn, json } from './client.js'
import { type Demo, failingDemo, startDemo } from './demo-process.js'
import { type FarmPage, farmPage } from './farm-page.js'

interface Server {
  readonly name: string
  readonly alive: boolean
  readonly requests: number
  readonly pid: number
}

interface Holding {
  readonly key: string
  readonly value: string
}

const look = async ({ url }: Demo) =>
  (await ask(`${url}/api/lab/farm`)).body as unknown as { servers: Server[]; redis: Holding[] }
const change = ({ url }: Demo, what: 'stop' | 'start', body: unknown) =>
  ask(`${url}/api/lab/farm/${what}`, json(body))
const servedBy = ({ headers }: Answer) => headers.get('X-Served-By')
const isThere = (pid: number) => generations(pid).flat().some(isRunning)

/** The headers of a user who has signed in. */
async function signIn({ url }: Demo): Promise<Record<string, string>> {
  const csrf = cookiesIn(await ask(`${url}/api/session/echo`))
  const headers = { Cookie: csrf, 'X-XSRF-TOKEN': csrf.replace('XSRF-TOKEN=', '') }
  const entered = await ask(`${url}/api/session/login`, json({ name: 'Ada' }, headers))
  return { ...headers, Cookie: `${csrf}; ${cookiesIn(entered)}` }
}

test('a farm that finds no Redis says in one line what it needs', async () => {
  const { code, said } = await failingDemo({ PATH: '/nowhere', PORT: '0', FOREIGN_PORT: '0' }, 'farm')
  expect([code, said]).toEqual([
    1,
    'The farm needs a Redis: install redis-server, or say by REDIS_URL where one is\n',
  ])
})

describe.runIf(isUsable('redis-server'))('the farm', () => {
  let alone: Demo
  let farm: Demo
  beforeAll(async () => {
    alone = await startDemo()
    farm = await startDemo({}, 'farm')
  })
  afterAll(async () => {
    await farm?.stop()
    await alone?.stop()
  })

  describe.each(usableEngines())('in %s', (engine) => {
    let browser: Browser
    let shown: FarmPage
    const states = async () => [
      await shown.text('[data-name=A] .state'),
      await shown.text('[data-name=B] .state'),
    ]
    beforeAll(async () => {
      browser = await openBrowser(engine)
      shown = farmPage(await browser.open(`${farm.url}/#farm`))
    })
    afterAll(() => browser?.close())

    test('a server on its own says how to start a farm, and offers no more', async () => {
      const page = farmPage(await browser.open(`${alone.url}/#farm`))
      expect(await page.text('.result')).toContain('npm run demo:farm')
      expect(await page.page.evaluate("document.querySelector('#section-farm button:enabled')")).toBe(null)
      expect(await page.problems()).toBe('')
      await page.page.close()
    })

    test('who was signed in by one server goes on with the other, which finds the session in Redis', async () => {
      const [, first = ''] = /^Server ([AB]) signed you in as Grace/.exec(await shown.signIn('Grace')) ?? []
      const before = await look(farm)
      expect(before.redis.map(({ value }) => JSON.parse(value).name)).toContain('Grace')
      const other = first === 'A' ? 'B' : 'A'
      const said = await shown.press('[data-action=other]')
      expect(said).toMatch(`Server ${other} answered: it knows you as Grace`)
      const answeredBy = ({ servers }: typeof before) => servers.find(({ name }) => name === other)?.requests
      expect(answeredBy(await look(farm))).toBe(Number(answeredBy(before)) + 1)
    })

    test('also after a reload of the page, the other one is not the one that has signed the user in', async () => {
      const [, signer] = /^Server ([AB]) signed you in/.exec(await shown.signIn('Grace')) ?? []
      await shown.page.reload()
      for (const _ of ['first', 'second', 'third']) {
        const said = await shown.press('[data-action=other]')
        expect(said).toContain(
          `${signer === 'A' ? 'B' : 'A'} did not sign you in. It took the session’s number`,
        )
      }
    })

    test('who was signed in elsewhere is not told who did it', async () => {
      await shown.page.evaluate('sessionStorage.clear()')
      const said = await shown.press('[data-action=other]')
      expect(said).toMatch(/^Server [AB] answered: it knows you as Grace.*found the session in Redis/)
      expect(said).not.toContain('did not sign you in')
      await shown.signIn('Grace')
    })

    test('ten calls are answered by both in turn', async () => {
      expect(await shown.press('[data-action=ten]')).toContain(
        '10 calls, none failed: you are known as Grace',
      )
      expect((await shown.answers()).sort().join('')).toBe('AAAAABBBBB')
    })

    test('a server that is killed in the midst of calls makes none fail and signs nobody out', async () => {
      const before = await look(farm)
      const said = await shown.press('[data-action=lose]')
      const [, lost = ''] = /^Server ([AB]) was taken down: \d+ calls, none failed/.exec(said) ?? []
      expect(said).toContain('still signed in as Grace')
      const answers = await shown.answers()
      expect(answers).toContain(lost)
      expect(new Set(answers.slice(-10)).has(lost)).toBe(false)
      const { pid = 0 } = before.servers.find(({ name }) => name === lost) ?? {}
      expect(isThere(pid)).toBe(false)
      const up = expect.stringMatching(/^up, process \d+$/)
      expect(await states()).toEqual(['A', 'B'].map((name) => (name === lost ? 'down' : up)))
      expect(await faultsIn(shown.page)).toEqual([])
    })

    test('the last server is not taken down, and with it alone a reloaded page goes on', async () => {
      const { servers } = await look(farm)
      const last = servers.find(({ alive }) => alive)?.name
      expect(await shown.press(`[data-server=${last}]`)).toContain('This is the last server that is up')
      await shown.page.reload()
      expect(await shown.press('[data-action=ten]')).toContain('you are known as Grace')
      expect(await shown.answers()).toEqual(Array(10).fill(last))
      await shown.signIn('Grace')
      await shown.page.reload()
      expect(await shown.press('[data-action=other]')).toContain('since the other one is down')
    })

    test('a server that is started again knows who has signed in before', async () => {
      const { servers } = await look(farm)
      const lost = servers.find(({ alive }) => !alive)?.name
      expect(await shown.press(`[data-server=${lost}]`)).toContain(`Server ${lost} is up again`)
      expect(await states()).toEqual(Array(2).fill(expect.stringMatching(/^up, process \d+$/)))
      expect(await shown.press('[data-action=ten]')).toContain('you are known as Grace')
      expect(await shown.answers()).toContain(lost)
    })

    test('who is signed out by one server is signed out at both', async () => {
      expect(await shown.press('[data-action=sign-out]')).toMatch(/^Server [AB] signed you out/)
      expect(await shown.press('[data-action=ten]')).toContain('10 of 10 calls failed')
      expect((await look(farm)).redis.filter(({ key }) => key.startsWith('latchkey-demo:'))).toEqual([])
    })

    test.each([
      ['jwt-local', 'with the secret that both have'],
      ['token', 'found the hash of your token in Redis'],
    ])('a %s is as good at the other server, also when one is lost', async (way, how) => {
      await shown.choose(way)
      await shown.signIn('Joan')
      const said = await shown.press('[data-action=other]')
      expect(said).toMatch(/^Server [AB] answered: it knows you as Joan/)
      expect(said).toContain(how)
      expect(await shown.press('[data-action=lose]')).toContain('none failed')
      await shown.press('[data-alive=false] button')
      expect(await shown.press('[data-action=ten]')).toContain('10 calls, none failed: you are known as Joan')
      expect(await shown.press('[data-action=sign-out]')).toMatch(/^Server [AB] signed you out/)
      expect(await shown.press('[data-action=ten]')).toContain('10 of 10 calls failed')
      expect(await shown.problems()).toBe('')
    })
  })

  test('of 200 requests none fails when the server is killed that has half of them', async () => {
    const headers = await signIn(farm)
    const { servers } = await look(farm)
    const pid = servers[0]?.pid ?? 0
    // What A gets, it keeps waiting: that is under way for certain when it is killed.
    process.kill(pid, 'SIGSTOP')
    const asked = Array.from({ length: 200 }, () => ask(`${farm.url}/api/session/echo`, { headers }))
    await Promise.race(asked)
    process.kill(pid, 'SIGKILL')
    const answers = await Promise.all(asked)
    expect(answers.map(({ status, body }) => `${status} ${body.name}`)).toEqual(Array(200).fill('200 Ada'))
    expect(new Set(answers.map(servedBy))).toEqual(new Set(['B']))
    expect((await look(farm)).servers.map(({ alive }) => alive)).toEqual([false, true])
    await change(farm, 'start', { name: 'A' })
  })

  test('what a killed server has not answered is asked again, but for what may not be done twice', async () => {
    const headers = await signIn(farm)
    const { servers } = await look(farm)
    const pid = servers[0]?.pid ?? 0
    process.kill(pid, 'SIGSTOP')
    const url = `${farm.url}/api/session/echo`
    // Of each two, A gets one, and keeps it waiting.
    const gets = [ask(url, { headers }), ask(url, { headers })]
    await Promise.race(gets)
    const posts = [ask(url, json({}, headers)), ask(url, json({}, headers))]
    await Promise.race(posts)
    process.kill(pid, 'SIGKILL')
    expect((await Promise.all(gets)).map(servedBy)).toEqual(['B', 'B'])
    const posted = await Promise.all(posts)
    expect(posted.map(({ status }) => status).sort()).toEqual([200, 502])
    expect(posted.map(({ body }) => body.error)).toContain('server_lost')
    const later = await Promise.all(Array.from({ length: 4 }, () => ask(url, json({}, headers))))
    expect(later.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await change(farm, 'start', { name: 'A' })
  })

  test('of two that are told to stop at the same time, one goes on', async () => {
    const answers = await Promise.all(['A', 'B'].map((name) => change(farm, 'stop', { name })))
    expect(answers.map(({ status, body }) => body.error ?? status)).toEqual([200, 'last_server'])
    await change(farm, 'start', { name: 'A' })
    expect((await look(farm)).servers.map(({ alive }) => alive)).toEqual([true, true])
  })

  test.each([
    ['a name that nobody has', json({ name: 'C' })],
    ['no name', json({})],
    ['a text that another site could send', { method: 'POST', body: '{"name":"A"}' }],
  ])('%s stops nothing', async (_, init) => {
    const answer = await ask(`${farm.url}/api/lab/farm/stop`, init)
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_input' } })
    expect((await look(farm)).servers.map(({ alive }) => alive)).toEqual([true, true])
  })

  test('under another host name the farm is not steered', async () => {
    const { port } = new URL(farm.url)
    const headers = { Host: `evil.example:${port}`, 'Content-Type': 'application/json' }
    const status = await new Promise((resolve) => {
      request(`${farm.url}/api/lab/farm/stop`, { method: 'POST', headers }, ({ statusCode }) =>
        resolve(statusCode),
      ).end('{"name":"A"}')
    })
    expect(status).toBe(403)
  })
})

describe.runIf(isUsable('redis-server'))('the end of the farm', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('by %s leaves no process behind', async (signal) => {
    const farm = await startDemo({}, 'farm')
    const family = generations(farm.pid).flat()
    // Itself, its Redis, and two servers.
    expect(family).toHaveLength(4)
    expect(await farm.stop(signal)).toBe(0)
    expect(family.filter(isRunning)).toEqual([])
  })

  test('comes by itself when one of the servers can not start', async () => {
    const redis = await startRedis()
    const client = createClient({ url: redis.url })
    await client.connect()
    // This test, the farm itself, and one server.
    await client.configSet('maxclients', '3')
    const { code, said } = await failingDemo({ REDIS_URL: redis.url, PORT: '0', FOREIGN_PORT: '0' }, 'farm')
    expect(code).toBe(1)
    expect(said).toMatch(/^Server [AB] ended by code 1 before it was ready\n$/m)
    // Who listens to what a process says hears of its end when all that it has started have ended, too.
    expect(await client.clientList()).toHaveLength(1)
    client.destroy()
    await redis.stop()
  })
})
