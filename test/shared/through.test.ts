import { describe, expect, test } from 'vitest'
import { createLatchkey, header, memoryStrategy } from '../../src/index.js'

const API = 'https://api.example.com'
const FOREIGN = 'https://evil.test'

/** An instance whose own fetch must not be used, and what another carrier of it was given. */
async function carried(answer: (request: Request) => Response | Promise<Response>) {
  let renewed = 0
  const latchkey = createLatchkey({
    strategy: memoryStrategy({ placement: header('X-Token') }),
    allowedOrigins: [API],
    refresh: async () => ({ access_token: `renewed-${++renewed}` }),
    fetch: () => Promise.reject(new Error('this is the way of fetch')),
  })
  await latchkey.set({ access_token: 'first' })
  const seen: Request[] = []
  const fetch = latchkey.through(async (request) => {
    seen.push(request)
    return answer(request)
  })
  return { latchkey, fetch, seen, tokens: () => seen.map(({ headers }) => headers.get('X-Token')) }
}

describe('through(carry)', () => {
  test('hands over the request with its credential, and answers what came of it', async () => {
    const { fetch, tokens } = await carried(() => new Response('hello'))
    expect(await (await fetch(`${API}/me`)).text()).toBe('hello')
    expect(tokens()).toEqual(['first'])
  })

  test('refreshes after a 401 and hands it over once more, with its body', async () => {
    const bodies: string[] = []
    const { fetch, tokens } = await carried(async (request) => {
      bodies.push(await request.text())
      return new Response(null, { status: bodies.length === 1 ? 401 : 200 })
    })
    expect((await fetch(`${API}/me`, { method: 'POST', body: 'a=1' })).status).toBe(200)
    expect(tokens()).toEqual(['first', 'renewed-1'])
    expect(bodies).toEqual(['a=1', 'a=1'])
  })

  test('says by the redirect mode that a redirect would carry the credential along', async () => {
    const { fetch, seen } = await carried(() => new Response())
    await fetch(`${API}/me`)
    expect(seen[0]?.redirect).toBe('manual')
  })

  test('hands over what goes elsewhere without the credential', async () => {
    const { fetch, tokens } = await carried(() => new Response())
    await fetch(`${FOREIGN}/me`)
    expect(tokens()).toEqual([null])
  })

  test('is over with the instance', async () => {
    const { latchkey, fetch } = await carried(() => new Response())
    latchkey.dispose()
    await expect(fetch(`${API}/me`)).rejects.toMatchObject({ code: 'ERR_DISPOSED' })
  })

  test('refuses what can carry nothing', async () => {
    const { latchkey } = await carried(() => new Response())
    expect(() => latchkey.through('xhr' as never)).toThrow(/^"carry" must be a function/)
  })
})

describe('allows(input)', () => {
  const { allows } = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [`${API}/v1`] })

  test.each([
    [`${API}/v1`, true],
    [`${API}/v1/me?a=1`, true],
    [`${API}/v10`, false],
    [`${API}:8443/v1`, false],
    [`${FOREIGN}/${API}/v1`, false],
  ])('says of %s what fetch decides: %s', (url, expected) => {
    expect([url, new URL(url), new Request(url)].map(allows)).toEqual([expected, expected, expected])
  })

  test('looks at the protocol, too', () => {
    expect(allows(`blob:${API}/v1`)).toBe(false)
  })

  test('says so of what has no URL', () => {
    expect(() => allows('https://')).toThrow(/^"url" must be a URL/)
  })
})
