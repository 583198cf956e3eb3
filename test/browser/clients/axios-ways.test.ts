import axios, { type AxiosResponse } from 'axios'
import { afterEach, describe, expect, test } from 'vitest'
import {
  attachToAxios,
  createLatchkey,
  csrfCookie,
  header,
  isLatchkeyError,
  memoryStrategy,
  query,
  sessionStrategy,
} from '../../../src/index.js'
import { newBench } from '../../harness/bench.js'
import { finderOf } from '../../secrecy/canary.js'
import { reached } from '../../secrecy/reached.js'
import { dropCookie, ownName, writeCookie } from '../fixtures.js'
import { attached, countingXhr, faultOf, GOOD, OLD } from './axios-fixtures.js'

const inHeader = () => ({ strategy: memoryStrategy({ placement: header('X-Token') }) })
const trusting = { fetchOptions: { redirect: 'follow' } } as const

/** The parts of either token that can be reached from it. */
function tokensIn(value: unknown): string[] {
  const [good, old] = [finderOf(GOOD), finderOf(OLD)]
  const found: string[] = []
  reached(value, (text, path) => {
    // The functions of this page name both.
    if (!path.includes('source') && (good(text) || old(text))) found.push(path)
  })
  return found
}

describe('no part of the credential is in', () => {
  const ways = { 'by XMLHttpRequest': {}, 'by fetch': inHeader() }

  test.each(Object.entries(ways))('what an answer has, %s', async (_, options) => {
    const { client } = await attached(options)
    const answer = await client.get('cors/200')
    expect([answer, JSON.stringify(answer.config), String(answer.request)].flatMap(tokensIn)).toEqual([])
  })

  test.each(Object.entries(ways))('an error, however it is printed, %s', async (_, options) => {
    const { client } = await attached(options)
    for (const path of ['cors/404', 'cors/401', 'drop']) {
      const error = await faultOf(client.get(path))
      const printed = [String(error), error.stack, JSON.stringify(error), error.toJSON()]
      expect([error, ...printed].flatMap(tokensIn)).toEqual([])
    }
  })

  test.each(Object.entries(ways))('what interceptors see, %s', async (_, options) => {
    const { client, sent } = await attached(options)
    const seen: unknown[] = []
    const see = <T>(value: T): T => {
      seen.push(value)
      return value
    }
    client.interceptors.request.use(see)
    client.interceptors.response.use(see, (error) => Promise.reject(see(error)))
    await client.get('cors/200')
    await faultOf(client.get('cors/404'))
    expect([seen.length, seen.flatMap(tokensIn)]).toEqual([4, []])
    expect(await sent()).toHaveLength(2)
  })
})

describe('an axios that is attached, to another origin', () => {
  test.each(['xhr', 'fetch'])('sends by its %s adapter what it would send by itself', async (adapter) => {
    const { foreign, client, sent } = await attached({}, { adapter })
    const config = { headers: { 'X-Own': '1' }, params: { a: 1 } }
    const all: AxiosResponse[] = []
    for (const one of [client, axios.create({ adapter })]) {
      all.push(await one.post(foreign.at('open/rest'), { name: 'bob' }, config))
    }
    const [ours, own] = (await sent(foreign)).map(({ count: _, ...entry }) => entry)
    expect(ours).toEqual(own)
    expect(all.map(({ data, request }) => [data, request instanceof XMLHttpRequest])).toEqual(
      Array(2).fill([{ name: 'bob' }, adapter === 'xhr']),
    )
  })

  test('rejects with its own error', async () => {
    const { foreign, client } = await attached()
    expect((await faultOf(client.get(foreign.at('cors/401')))).response?.status).toBe(401)
    expect((await faultOf(client.get(foreign.at('drop')))).code).toBe('ERR_NETWORK')
  })

  test('sends nothing where that was asked for', async () => {
    const { foreign, client } = await attached({ onForeignOrigin: 'reject' })
    await expect(client.get(foreign.at('echo'))).rejects.toMatchObject({ code: 'ERR_FOREIGN_ORIGIN' })
    expect(await foreign.log()).toEqual([])
  })

  test('brings no Authorization along a redirect', async () => {
    const { api, foreign, client, tokens } = await attached()
    await client.get(api.at(`redirect/307?to=${encodeURIComponent(foreign.at('echo'))}`))
    expect([await tokens(), await tokens(foreign)]).toEqual([[`Bearer ${OLD}`], [undefined]])
  })
})

describe('what a redirect would carry along', () => {
  test('goes by fetch, which follows none', async () => {
    const { api, foreign, client, sent } = await attached(inHeader())
    const count = countingXhr()
    const to = api.at(`redirect/307?to=${encodeURIComponent(foreign.at('echo'))}`)
    const error = await faultOf(client.post(to, { a: 1 }).finally(count.restore))
    expect([error.code, isLatchkeyError(error), isLatchkeyError(error.cause)]).toEqual([
      'ERR_REDIRECT_REFUSED',
      true,
      true,
    ])
    expect([count.opened, await foreign.log()]).toEqual([0, []])
    expect((await sent()).map(({ headers }) => headers['x-token'])).toEqual([OLD])
  })

  test('is refreshed and sent again there, too, with its body', async () => {
    const { client, sent } = await attached(inHeader())
    const asked = { onUploadProgress: () => {}, responseType: 'json' } as const
    expect((await client.post('answers/401,200', { a: 1 }, asked)).data.method).toBe('POST')
    expect(
      (await sent()).map(({ headers, bodyBase64 }) => [headers['x-token'], atob(`${bodyBase64}`)]),
    ).toEqual([
      [OLD, '{"a":1}'],
      [GOOD, '{"a":1}'],
    ])
  })

  test('goes by XMLHttpRequest for whoever trusts where redirects lead', async () => {
    const { client, sent } = await attached(inHeader())
    const count = countingXhr()
    await client.post('answers/401,200', 'x', trusting).finally(count.restore)
    expect((await sent()).map(({ headers }) => headers['x-token'])).toEqual([OLD, GOOD])
    expect(count.opened).toBe(2)
  })

  test('is nothing that a polluted prototype can have followed', async () => {
    const { api, foreign, client } = await attached(inHeader())
    const to = api.at(`redirect/307?to=${encodeURIComponent(foreign.at('echo'))}`)
    Object.assign(Object.prototype, { redirect: 'follow', ...trusting })
    const asked = faultOf(client.get(to)).finally(() => {
      for (const name of ['redirect', 'fetchOptions']) delete Object(Object.prototype)[name]
    })
    expect([(await asked).code, await foreign.log()]).toEqual(['ERR_REDIRECT_REFUSED', []])
  })

  test('goes with its credential, whatever headers a polluted prototype has', async () => {
    const { client, tokens } = await attached()
    Object.assign(Object.prototype, { headers: { Authorization: 'polluted' } })
    await client.get('echo').finally(() => {
      delete Object(Object.prototype).headers
    })
    expect(await tokens()).toEqual([`Bearer ${OLD}`])
  })

  test('goes by fetch for them, too, where it is in the URL', async () => {
    const { client, sent } = await attached({ strategy: memoryStrategy({ placement: query('key') }) })
    const { request } = await client.get('cors/200', trusting)
    expect((await sent()).map(({ url }) => url.split('?')[1])).toEqual([`key=${OLD}`])
    expect(tokensIn(request)).toEqual([])
  })
})

test('an axios that sends by fetch goes on to do so, with streams for an answer', async () => {
  const { client, tokens } = await attached({}, { adapter: 'fetch' })
  const { data } = await client.get('guarded/rest', { responseType: 'stream' })
  expect([data instanceof ReadableStream, await new Response(data).json()]).toEqual([true, { name: 'ann' }])
  expect(await tokens()).toEqual([`Bearer ${OLD}`, `Bearer ${GOOD}`])
})

test('what the cache may hold of another user goes by fetch, and past the cache', async () => {
  const { client, latchkey } = await attached({ subject: ({ access_token }) => access_token ?? '' })
  const count = countingXhr()
  const read = async () => (await client.get('cached/max-age')).data.count
  const first = [await read(), await read(), count.opened]
  await latchkey.set({ access_token: GOOD })
  const second = await read().finally(count.restore)
  expect([first, second, count.opened]).toEqual([[1, 1, 2], 2, 2])
})

describe('a server’s session', () => {
  afterEach(() => dropCookie('XSRF-TOKEN'))

  const answers = ['json', 'blob', 'arraybuffer'] as const
  test.each(answers)(
    'goes with its cookies and the CSRF token of each sending, for %s',
    async (responseType) => {
      writeCookie('XSRF-TOKEN=one; path=/')
      const csrf = csrfCookie({
        cookie: 'XSRF-TOKEN',
        header: 'X-CSRF-Token',
        async isRefusal(response) {
          writeCookie('XSRF-TOKEN=two; path=/')
          return /csrf/.test(await response.text())
        },
      })
      const strategy = sessionStrategy({ csrf })
      const { api } = newBench()
      const latchkey = createLatchkey({ strategy, allowedOrigins: [api.origin], name: ownName() })
      await latchkey.set({})
      const client = axios.create({ baseURL: api.at('') })
      attachToAxios(client, latchkey)
      const count = countingXhr()
      await client.post('answers/403,200', 'x', { ...trusting, responseType }).finally(count.restore)
      const log = (await api.log()).filter(({ method }) => method === 'POST')
      expect(log.map(({ headers }) => headers['x-csrf-token'])).toEqual(['one', 'two'])
      expect(log.map(({ headers }) => /XSRF-TOKEN=/.test(`${headers.cookie}`))).toEqual([true, true])
      expect(count.opened).toBe(2)
      await latchkey.clear()
    },
  )
})
