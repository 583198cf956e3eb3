import { expect, test } from 'vitest'
import { createClient } from '../../src/index.js'
import { createAttacker } from './fixtures/attacker.js'
import { carriers } from './fixtures/carriers.js'
import type { Attempt } from './fixtures/forms.js'
import { inputs, type Join, joins } from './fixtures/ky-lists.js'
import { checkNames } from './fixtures/native.js'
import { API } from './fixtures/url-tables.js'

const carrier = carriers['the Authorization header']

type Fetch = typeof globalThis.fetch

const client = (fetch: Fetch, join: Join, init?: RequestInit) =>
  createClient({ fetch }, { ...init, ...join, retry: 0, timeout: false })

/** Where ky sends it; undefined if it makes no request of it. */
async function destination(join: Join, input: string): Promise<string | undefined> {
  let url: string | undefined
  const note = async (request: RequestInfo | URL) => {
    url = new Request(request).url
    return new Response()
  }
  try {
    await client(note, join)(input)
  } catch {}
  return url
}

/** The check looks at both in a row, as one that takes what was joined for the API's own. */
const joined = async (join: Join, input: string): Promise<Attempt> => ({
  send: async (fetch, init) => client(fetch, join, init)(input),
  looked: `${join.baseUrl ?? ''}${join.prefix ?? ''}${input}`,
  goes: await destination(join, input),
})

test.for([API, `${API}/v1`])(
  'what ky joins goes to %s or without the token',
  { timeout: 120_000 },
  async (allowed, context) => {
    const { attack, summary } = await createAttacker(context, carrier, [allowed])
    for (const join of joins) {
      for (const input of inputs) await attack(JSON.stringify({ ...join, input }), await joined(join, input))
    }
    expect(summary.wrong).toEqual([])
    expect(summary.given).toBeGreaterThan(500)
    expect([...summary.fooled].toSorted()).toEqual(checkNames.toSorted())
  },
)
