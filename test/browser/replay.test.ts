import { describe, expect, inject, test } from 'vitest'
import { createLatchkey, header, memoryStrategy, query, type Strategy } from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import type {} from '../harness/global-setup.js'

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 256)

function form(): FormData {
  const data = new FormData()
  data.append('field', 'two\r\nlines and ünïcode')
  data.append('file', new File([bytes], 'päth "x".bin', { type: 'application/x-own' }))
  return data
}

const bodies: Record<string, () => BodyInit> = {
  'a string': () => 'text with ünïcode',
  JSON: () => JSON.stringify({ a: [1, 'é'] }),
  'an empty string': () => '',
  'FormData with a File': form,
  'a Blob with a type': () => new Blob([bytes], { type: 'image/x-own' }),
  'a Blob without a type': () => new Blob([bytes]),
  'a large Blob': () => new Blob(['x'.repeat(700_000)]),
  URLSearchParams: () => new URLSearchParams({ a: '1 2', b: 'é&=' }),
  'an ArrayBuffer': () => bytes.slice().buffer,
  'a typed array': () => bytes.subarray(10, 500),
  'a DataView': () => new DataView(bytes.slice().buffer, 3, 100),
}

const placements: Record<string, () => Strategy> = {
  bearer: () => memoryStrategy(),
  'a header': () => memoryStrategy({ placement: header('X-Auth') }),
  'the query': () => memoryStrategy({ placement: query('key') }),
}

/** Signed in, and a refresh away from the next token. */
async function refreshing(strategy: Strategy, origin: string) {
  const refresh = async () => ({ access_token: 'token-2' })
  const latchkey = createLatchkey({ strategy, allowedOrigins: [origin], refresh })
  await latchkey.set({ access_token: 'token-1' })
  return latchkey
}

/** What two sendings must have in common: all but the credential. */
async function sendings(api: ReturnType<typeof newBench>['api']) {
  const log = (await api.log()).filter(({ method }) => method !== 'OPTIONS')
  return log.map(({ method, headers, bodySha256, bodyBytes }) => {
    const { authorization: _, 'x-auth': __, connection: ___, ...same } = headers
    return { method, headers: same, bodySha256, bodyBytes }
  })
}

/** WebKit can't read a file back from a Request’s form, and to change the URL it would have to. */
function isUnreadable(placement: string, what: string): boolean {
  return inject('engine') === 'webkit' && placement === 'the query' && what.startsWith('FormData')
}

describe.for(Object.entries(placements))(
  'with the credential in %s, after a 401',
  ([placement, strategy]) => {
    test.for(Object.entries(bodies))(
      '%s is sent twice, byte for byte and with the same type',
      async ([what, body]) => {
        const { api } = newBench()
        const latchkey = await refreshing(strategy(), api.origin)
        const init = { method: 'POST', body: body(), headers: { 'X-Own': '1' } }
        if (isUnreadable(placement, what)) {
          await expect(latchkey.fetch(api.at('answers/401,200'), init)).rejects.toThrow()
          return expect(await api.log()).toEqual([])
        }
        expect((await latchkey.fetch(api.at('answers/401,200'), init)).status).toBe(200)
        const [first, second, ...more] = await sendings(api)
        expect(second).toEqual(first)
        expect(more).toEqual([])
        if (init.body !== '') expect(first?.bodyBytes).toBeGreaterThan(0)
      },
    )

    test.for(Object.entries(bodies))('a Request with %s is sent twice the same', async ([what, body]) => {
      const { api } = newBench()
      const latchkey = await refreshing(strategy(), api.origin)
      const request = new Request(api.at('answers/401,200'), { method: 'PUT', body: body() })
      if (isUnreadable(placement, what)) {
        await expect(latchkey.fetch(request)).rejects.toThrow()
        expect(await api.log()).toEqual([])
        return
      }
      expect((await latchkey.fetch(request)).status).toBe(200)
      const [first, second] = await sendings(api)
      expect(second).toEqual(first)
    })

    test('the body that arrives is the one that native fetch sends', async () => {
      const { api } = newBench()
      const latchkey = await refreshing(strategy(), api.origin)
      for (const [name, body] of Object.entries(bodies)) {
        if (name.startsWith('FormData')) continue
        const path = `echo/${encodeURIComponent(name)}`
        await latchkey.fetch(api.at(path), { method: 'POST', body: body() })
        await fetch(api.at(path), { method: 'POST', body: body() })
      }
      const log = (await api.log()).filter(({ method }) => method === 'POST')
      const seen = log.map(({ bodySha256, headers }) => `${bodySha256} ${headers['content-type']}`)
      for (let i = 0; i < seen.length; i += 2) expect(seen[i]).toBe(seen[i + 1])
      expect(seen.length).toBeGreaterThan(10)
    })

    test('each method, referrer and cache mode is the same on the second sending', async () => {
      const own = { referrer: '/a/page?b', referrerPolicy: 'unsafe-url', cache: 'no-cache' } as const
      for (const method of ['GET', 'DELETE', 'PATCH', 'POST']) {
        const { api } = newBench()
        const latchkey = await refreshing(strategy(), api.origin)
        const init = method === 'PATCH' || method === 'POST' ? { ...own, body: 'x' } : own
        expect((await latchkey.fetch(api.at('answers/401,200'), { ...init, method })).status).toBe(200)
        const [first, second] = await sendings(api)
        expect(second).toEqual(first)
        expect(first?.method).toBe(method)
      }
    })

    test('the second sending carries the new credential, and not the old one beside it', async () => {
      const { api } = newBench()
      const latchkey = await refreshing(strategy(), api.origin)
      await latchkey.fetch(api.at('answers/401,200?own=1'), { method: 'POST', body: 'x' })
      const [first, second] = (await api.log()).filter(({ method }) => method === 'POST')
      const text = (entry: typeof first) => JSON.stringify([entry?.url, entry?.headers])
      expect([text(first).includes('token-1'), text(first).includes('token-2')]).toEqual([true, false])
      expect([text(second).includes('token-1'), text(second).includes('token-2')]).toEqual([false, true])
    })
  },
)
