import axios, { AxiosError, type AxiosProgressEvent } from 'axios'
import { describe, expect, test, vi } from 'vitest'
import { attachToAxios, createLatchkey, memoryStrategy, type TokenResponse } from '../../../src/index.js'
import { attached, countingXhr, faultOf, GOOD, OLD } from './axios-fixtures.js'

describe('an axios that is attached', () => {
  test('sends all by XMLHttpRequest, what is sent again too', async () => {
    const { client, tokens } = await attached()
    const count = countingXhr()
    await client.get('guarded/rest').finally(count.restore)
    expect(await tokens()).toEqual([`Bearer ${OLD}`, `Bearer ${GOOD}`])
    expect(count.opened).toBe(2)
  })

  test('rejects with its own error for what validateStatus does not take', async () => {
    const { client, refreshes } = await attached()
    const [missing, broken] = [await faultOf(client.get('cors/404')), await faultOf(client.get('cors/500'))]
    expect([missing.response?.status, missing.code, missing.status]).toEqual([404, 'ERR_BAD_REQUEST', 404])
    expect([broken.response?.status, broken.code]).toEqual([500, 'ERR_BAD_RESPONSE'])
    expect((await client.get('cors/404', { validateStatus: () => true })).status).toBe(404)
    expect(refreshes()).toBe(0)
  })

  test('rejects with the second 401, whose answer can be read', async () => {
    const { client, tokens, refreshes } = await attached({
      refresh: async () => ({ access_token: 'no-good-either' }),
    })
    const { response, config } = await faultOf(client.get('guarded/rest'))
    expect([response?.status, response?.data]).toEqual([401, { error: 'unauthorized' }])
    expect(response?.headers['www-authenticate']).toMatch(/invalid_token/)
    expect(config).toBe(response?.config)
    expect([await tokens(), refreshes()]).toEqual([[`Bearer ${OLD}`, 'Bearer no-good-either'], 0])
  })

  test('rejects while signed out as it would by itself', async () => {
    const { client, latchkey, tokens } = await attached()
    await latchkey.clear()
    expect((await faultOf(client.get('guarded/rest'))).response?.status).toBe(401)
    expect(await tokens()).toEqual([undefined])
  })

  test.each([
    ['json', 'application/json', (data: unknown) => data],
    ['text', 'text', (data: unknown) => JSON.parse(String(data))],
    ['blob', 'Blob', async (data: unknown) => JSON.parse(await (data as Blob).text())],
    [
      'arraybuffer',
      'ArrayBuffer',
      (data: unknown) => JSON.parse(new TextDecoder().decode(data as ArrayBuffer)),
    ],
  ] as const)('answers %s after a refusal', async (responseType, _, read) => {
    const { client, refreshes } = await attached()
    // So that text is not made JSON of.
    const { data } = await client.get('guarded/rest', {
      responseType,
      transitional: { forcedJSONParsing: responseType === 'json' },
    })
    expect([await read(data), refreshes()]).toEqual([{ name: 'ann' }, 1])
  })

  test.each([
    ['a Blob', () => new Blob(['{"name":"bob"}'], { type: 'application/json' })],
    ['an ArrayBuffer', () => new TextEncoder().encode('{"name":"bob"}').buffer],
    ['text', () => '{"name":"bob"}'],
  ])('sends %s twice, the same', async (_, body) => {
    const { client, sent } = await attached()
    expect((await client.post('guarded/rest', body())).data).toEqual({ name: 'bob' })
    const [first, second] = (await sent()).map((one) => [one.bodyBase64, one.headers['content-type']])
    expect(second).toEqual(first)
    expect(atob(String(first?.[0]))).toBe('{"name":"bob"}')
  })

  test('sends a form with a file as the browser writes it', async () => {
    const { client, sent } = await attached()
    const form = new FormData()
    form.append('file', new File(['content'], 'päth.txt'))
    await client.post('answers/401,200', form)
    const bodies = (await sent()).map(({ bodyBase64 }) => atob(String(bodyBase64)))
    expect(bodies).toEqual([expect.stringContaining('content'), expect.stringContaining('content')])
    expect((await sent())[1]?.headers['content-type']).toMatch(/^multipart\/form-data; ?boundary=/)
  })

  test('makes the body and the answer once, as its transformers say', async () => {
    const transformRequest = vi.fn((data: unknown) => `{"name":"${data}"}`)
    const transformResponse = vi.fn((data: string) => `<${JSON.parse(data).name}>`)
    const { client } = await attached({}, { transformRequest, transformResponse })
    expect((await client.post('guarded/rest', 'bob')).data).toBe('<bob>')
    expect([transformRequest.mock.calls.length, transformResponse.mock.calls.length]).toEqual([1, 1])
  })

  test('tells of the progress of an upload and of a download', async () => {
    const { client } = await attached()
    const [up, down]: AxiosProgressEvent[][] = [[], []]
    const body = JSON.stringify({ name: 'b'.repeat(300_000) })
    await client.post('guarded/rest', body, {
      onUploadProgress: (event) => up?.push(event),
      onDownloadProgress: (event) => down?.push(event),
    })
    expect([up?.at(-1)?.loaded, up?.at(-1)?.total]).toEqual([body.length, body.length])
    expect(down?.at(-1)?.loaded).toBe(body.length)
  })

  test('resolves addresses as axios does, and decides on the same', async () => {
    const { api, client, sent } = await attached()
    await client.get('echo/a', { params: { q: 'a b', list: [1, 2] } })
    await client.get(api.at('echo/b'), { baseURL: 'https://elsewhere.example' })
    await axios.get('echo/a', { baseURL: api.at(''), params: { q: 'a b', list: [1, 2] } })
    const [first, second, plain] = await sent()
    expect(first?.url).toBe(plain?.url)
    expect([first, second, plain].map((one) => one?.headers.authorization)).toEqual([
      `Bearer ${OLD}`,
      `Bearer ${OLD}`,
      undefined,
    ])
  })

  test('lets Authorization of one’s own win, and a user name with a password', async () => {
    const { client, tokens, refreshes } = await attached()
    await client.get('echo', { headers: { authorization: 'Own header' } })
    await client.get('echo', { auth: { username: 'ann', password: 'x' } })
    const refused = await faultOf(client.get('guarded/rest', { auth: { username: 'ann', password: 'x' } }))
    const basic = `Basic ${btoa('ann:x')}`
    expect(await tokens()).toEqual(['Own header', basic, basic])
    expect([refused.response?.status, refreshes()]).toEqual([401, 0])
  })
})

describe('what ends a request early', () => {
  test('its signal, while the server is silent', async () => {
    const { client, sent } = await attached()
    const controller = new AbortController()
    const asked = faultOf(client.get('hang', { signal: controller.signal }))
    await vi.waitFor(async () => expect(await sent()).toHaveLength(1))
    controller.abort()
    expect(await asked).toMatchObject({ code: 'ERR_CANCELED' })
  })

  test('its signal, while a refresh is waited for', async () => {
    const controller = new AbortController()
    let renew = (_: TokenResponse) => {}
    const { client, sent } = await attached({
      refresh: () => {
        controller.abort()
        return new Promise((resolve) => {
          renew = resolve
        })
      },
    })
    const error = await faultOf(client.get('guarded/rest', { signal: controller.signal }))
    renew({ access_token: GOOD })
    expect([error.code, (await sent()).length]).toEqual(['ERR_CANCELED', 1])
  })

  test('its timeout', async () => {
    const { client } = await attached()
    expect(await faultOf(client.get('hang', { timeout: 50 }))).toMatchObject({
      code: AxiosError.ECONNABORTED,
      message: 'timeout of 50ms exceeded',
    })
  })

  test('a lost connection', async () => {
    const { client, refreshes } = await attached()
    const error = await faultOf(client.get('drop'))
    expect([error.code, error.response, refreshes()]).toEqual([AxiosError.ERR_NETWORK, undefined, 0])
  })

  test('an instance that was disposed of', async () => {
    const { client, latchkey, sent } = await attached()
    latchkey.dispose()
    await expect(client.get('echo')).rejects.toMatchObject({ name: 'LatchkeyError', code: 'ERR_DISPOSED' })
    expect(await sent()).toEqual([])
  })
})

describe('attachToAxios', () => {
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'] })

  test('gives axios its own adapter back', async () => {
    const { client, detach, tokens } = await attached()
    detach()
    await client.get('echo')
    expect([client.defaults.adapter, await tokens()]).toEqual([axios.defaults.adapter, [undefined]])
  })

  test('leaves an adapter alone that was put over it', async () => {
    const { client, detach } = await attached()
    client.defaults.adapter = 'fetch'
    detach()
    expect(client.defaults.adapter).toBe('fetch')
  })

  test('refuses to attach twice, and beside an adapter of one’s own', async () => {
    const client = axios.create()
    attachToAxios(client, latchkey)
    for (const one of [client, client.create(), axios.create({ adapter: [async () => Promise.reject()] })]) {
      expect(() => attachToAxios(one, latchkey)).toThrow(/^"axios" must be attached to once/)
    }
    expect(axios.defaults.adapter).toEqual(['xhr', 'http', 'fetch'])
  })

  test('is there in what is created from that axios afterwards', async () => {
    const { client, tokens } = await attached()
    await client.create({ headers: { 'X-More': '1' } }).get('echo')
    expect(await tokens()).toEqual([`Bearer ${OLD}`])
  })

  test('says what is wrong with what it was given', () => {
    expect(() => attachToAxios({} as never, latchkey)).toThrow(/^"axios" must be axios/)
    expect(() => attachToAxios(axios.create(), {} as never)).toThrow(/^"latchkey" must be what/)
  })
})
