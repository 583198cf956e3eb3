import { describe, expect, test } from 'vitest'
import { createClient, createLatchkey, memoryStrategy, type Routable, route } from '../../../src/index.js'

const SHOP = 'https://shop.example.com'
const BANK = 'https://bank.example.com'
const FOREIGN = 'https://elsewhere.example'

/** An instance for those places that holds the token; what it sends is noted in `sent`. */
async function signedIn(token: string, allowedOrigins: string[], sent: string[], more = {}) {
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins,
    fetch: async (request) => {
      const authorization = request.headers.get('authorization')
      sent.push(`${request.method} ${request.url} ${authorization} ${await request.text()}`.trim())
      return Response.json({ by: token })
    },
    ...more,
  })
  await latchkey.set({ access_token: token })
  return latchkey
}

async function shopAndBank(more = {}) {
  const sent: string[] = []
  const [shop, bank] = [await signedIn('s', [SHOP], sent, more), await signedIn('b', [BANK], sent)]
  return { shop, bank, sent, fetch: route([shop, bank]) }
}

describe('route', () => {
  test('gives each API its own credential, whatever the input is', async () => {
    const { fetch, sent } = await shopAndBank()
    for (const url of [`${SHOP}/1`, `${BANK}/1`]) {
      await fetch(url, { method: 'POST', body: 'text' })
      await fetch(new URL(url), { method: 'PUT', body: new URLSearchParams({ a: '1' }) })
      await fetch(new Request(url, { method: 'POST', body: 'of a Request' }))
    }
    expect(sent).toEqual([
      `POST ${SHOP}/1 Bearer s text`,
      `PUT ${SHOP}/1 Bearer s a=1`,
      `POST ${SHOP}/1 Bearer s of a Request`,
      `POST ${BANK}/1 Bearer b text`,
      `PUT ${BANK}/1 Bearer b a=1`,
      `POST ${BANK}/1 Bearer b of a Request`,
    ])
  })

  test('hands the very input and init over', async () => {
    const given: unknown[][] = []
    const noting: Routable = {
      allows: () => true,
      fetch: async (...all) => {
        given.push(all)
        return new Response()
      },
    }
    const [input, init] = [new Request(SHOP, { method: 'POST', body: 'x' }), { headers: { 'X-Own': '1' } }]
    await route([noting])(input, init)
    expect(given[0]?.[0]).toBe(input)
    expect(given[0]?.[1]).toBe(init)
    expect(input.bodyUsed).toBe(false)
  })

  test('asks a wrapper as its own method', async () => {
    const wrapper = {
      at: SHOP,
      allows(input: RequestInfo | URL) {
        return String(input).startsWith(this.at)
      },
      async fetch() {
        return new Response(this.at)
      },
    }
    expect(await (await route([wrapper])(`${SHOP}/1`)).text()).toBe(SHOP)
  })

  test('asks the first of the list that allows it, where several do', async () => {
    const sent: string[] = []
    const admin = await signedIn('admin', [`${SHOP}/admin`], sent)
    const all = await signedIn('all', [SHOP], sent)
    const [adminFirst, allFirst] = [route([admin, all]), route([all, admin])]
    await adminFirst(`${SHOP}/admin/1`)
    await adminFirst(`${SHOP}/administration`)
    await allFirst(`${SHOP}/admin/1`)
    expect(sent.map((one) => one.split(' ')[3])).toEqual(['admin', 'all', 'all'])
  })

  test('sends what none allows by the first one, bare', async () => {
    const { fetch, shop, sent } = await shopAndBank()
    const told: unknown[] = []
    shop.subscribe((_, event) => void (event.type === 'not-attached' && told.push(event.origin)))
    await fetch(`${FOREIGN}/1`)
    expect(sent).toEqual([`GET ${FOREIGN}/1 null`])
    await expect.poll(() => told).toEqual([FOREIGN])
  })

  test('rejects what none allows, if the first one was told so', async () => {
    const { fetch, sent } = await shopAndBank({ onForeignOrigin: 'reject' })
    await expect(fetch(FOREIGN)).rejects.toMatchObject({ code: 'ERR_FOREIGN_ORIGIN' })
    await fetch(`${BANK}/1`)
    expect(sent).toEqual([`GET ${BANK}/1 Bearer b`])
  })

  test('does not go on to the next one where an instance was disposed of', async () => {
    const { fetch, shop, sent } = await shopAndBank()
    shop.dispose()
    await expect(fetch(`${SHOP}/1`)).rejects.toMatchObject({ code: 'ERR_DISPOSED' })
    await fetch(`${BANK}/1`)
    expect(sent).toEqual([`GET ${BANK}/1 Bearer b`])
  })

  test('rejects where there is no URL, and throws nothing', async () => {
    const { fetch } = await shopAndBank()
    await expect(fetch('https://')).rejects.toThrow(TypeError)
  })

  test('is a fetch that a client takes', async () => {
    const { fetch, sent } = await shopAndBank()
    const client = createClient({ fetch })
    expect(await client.post(`${BANK}/pay`, { json: { sum: 1 } }).json()).toEqual({ by: 'b' })
    expect(sent).toEqual([`POST ${BANK}/pay Bearer b {"sum":1}`])
  })

  test('keeps to the list that it was given', async () => {
    const { shop, bank, sent } = await shopAndBank()
    const list = [shop, bank]
    const fetch = route(list)
    list.pop()
    await fetch(`${BANK}/1`)
    expect(sent).toEqual([`GET ${BANK}/1 Bearer b`])
  })

  test.each([[[]], [undefined], ['instances'], [[undefined]], [[{ fetch }]], [[{ allows: () => true }]]])(
    'says what is wrong with %j',
    (instances) => {
      expect(() => route(instances as never)).toThrow(/^"instances" must be a list/)
    },
  )
})
