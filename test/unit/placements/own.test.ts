import { describe, expect, test } from 'vitest'
import { createLatchkey, memoryStrategy, type Placement } from '../../../src/index.js'

const ME = 'https://api.example.com/me'

/** An instance with a placement of the app's own, and the tickets that came to its server, which answers by these statuses. */
async function withPlacement(own: Pick<Placement, 'attach' | 'review'>, ...statuses: number[]) {
  const sent: (string | null)[] = []
  const latchkey = createLatchkey({
    strategy: memoryStrategy({ placement: { name: 'own', exposes: () => false, ...own } }),
    allowedOrigins: ['https://api.example.com'],
    fetch: async ({ headers }) => {
      sent.push(headers.get('X-Ticket'))
      return new Response(null, { status: statuses[sent.length - 1] ?? 200 })
    },
  })
  await latchkey.set({ access_token: 'a' })
  return { latchkey, sent }
}

/** Puts another ticket on each sending. */
function tickets(): (request: Request) => Request {
  let made = 0
  return (request) => {
    request.headers.set('X-Ticket', `ticket-${++made}`)
    return request
  }
}

const ways: [string, <T>(value: T) => T | Promise<T>][] = [
  ['at once', (value) => value],
  ['by a promise', async (value) => value],
]

describe.each(ways)('a placement of one’s own that answers %s', (_, answer) => {
  test('has what it answers sent', async () => {
    const attach = tickets()
    const { latchkey, sent } = await withPlacement({ attach: (request) => answer(attach(request)) })
    expect((await latchkey.fetch(ME)).status).toBe(200)
    expect(sent).toEqual(['ticket-1'])
  })

  test('has nothing attached if there is nothing to attach', async () => {
    const { latchkey, sent } = await withPlacement({ attach: () => answer(undefined) })
    await latchkey.fetch(ME)
    expect(sent).toEqual([null])
  })

  test.each([
    ['is sent once more after what it calls a refusal', true, ['ticket-1', 'ticket-2']],
    ['is sent no more after anything else', false, ['ticket-1']],
  ])('%s', async (_, isRefusal, expected) => {
    const attach = tickets()
    const { latchkey, sent } = await withPlacement({ attach, review: () => answer(isRefusal) }, 409)
    await latchkey.fetch(ME)
    expect(sent).toEqual(expected)
  })
})

test('where all is at hand, a request is sent before anything is waited for', async () => {
  const { latchkey, sent } = await withPlacement({ attach: tickets() })
  const answer = latchkey.fetch(ME)
  expect(sent).toEqual(['ticket-1'])
  await answer
})

const thrown = new Error('no ticket')
const broken = () => {
  throw thrown
}

test.each([
  ['attach', { attach: broken }],
  ['review', { attach: tickets(), review: broken }],
])('what %s throws is what the request rejects with', async (_, own) => {
  const { latchkey } = await withPlacement(own)
  const asked = latchkey.fetch(ME)
  await expect(asked).rejects.toBe(thrown)
})
