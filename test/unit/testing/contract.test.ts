import { describe, expect, test } from 'vitest'
import { bearer, defineStrategy, memoryStrategy, type Strategy, sessionStrategy } from '../../../src/index.js'
import { type ContractCase, storeContract, strategyContract } from '../../../src/testing/index.js'
import { fakeStore } from '../../shared/fixtures/faults.js'

/** The sentences that are not true, and what is said about them. */
async function broken(cases: readonly ContractCase[]) {
  const outcomes = await Promise.all(
    cases.map(async ({ name, run }) => {
      const error: unknown = await run().then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      return error ? [name, String(error)] : []
    }),
  )
  return outcomes.filter(({ length }) => length > 0).map(([name = '', error = '']) => ({ name, error }))
}

const names = (found: { name: string }[]) => found.map(({ name }) => name)

const stores = {
  'one that reads values as JSON': [
    () => {
      const store = fakeStore()
      const read: typeof store.read = async (context) => {
        const text = await store.values.get(context.key)
        try {
          return text === undefined ? undefined : String(JSON.parse(text))
        } catch {
          return text
        }
      }
      return Object.assign(store, { read })
    },
    '1e5 is read back byte for byte',
  ],
  'one that forgets': [
    () => Object.assign(fakeStore(), { write: async () => {} }),
    'a second write replaces the first',
  ],
  'one that keeps': [() => Object.assign(fakeStore(), { erase: async () => {} }), 'what is erased is gone'],
  'one that answers null': [
    () => Object.assign(fakeStore(), { read: async () => null as unknown as undefined }),
    'nothing stored reads as undefined',
  ],
  'one with a single place': [
    () => {
      let one: string | undefined
      const write = async (_: unknown, value: string) => {
        one = value
      }
      const erase = async () => {
        one = undefined
      }
      return Object.assign(fakeStore(), { read: async () => one, write, erase })
    },
    'two keys never meet',
  ],
} as const

describe('the store contract finds', () => {
  test.for(Object.entries(stores))('%s', async ([, [make, name]]) => {
    expect(names(await broken(storeContract(make)))).toContain(name)
  })

  test('nothing wrong with a good one, and does not ask a named cookie for keys', async () => {
    expect(await broken(storeContract(fakeStore))).toEqual([])
    const asked = storeContract(fakeStore, { keyed: false })
    expect(asked.map(({ name }) => name)).not.toContain('two keys never meet')
  })
})

const good = () => defineStrategy({ name: 'own', store: fakeStore(), placement: bearer() })
const but = (change: (strategy: Strategy) => Partial<Strategy>) => () => {
  const strategy = good()
  return { ...strategy, ...change(strategy) }
}

const written = async (request: Request, text: string) => {
  request.headers.set('authorization', text)
  return request
}

const strategies: Record<string, [() => Strategy, string]> = {
  'one that attaches "Bearer undefined"': [
    but(() => ({ attach: (request, credential) => written(request, `Bearer ${credential?.access_token}`) })),
    'without a credential a request is not touched',
  ],
  'one that overwrites the caller’s own': [
    but(() => ({
      attach: async (request, credential) =>
        credential && written(request, `Bearer ${credential.access_token}`),
    })),
    'what the caller attached is never overwritten',
  ],
  'one that attaches nothing': [
    but(() => ({ attach: async (request) => request })),
    'a credential is attached, and nothing else is changed',
  ],
  'one that takes anything': [
    but(() => ({ receive: (token, now) => ({ access_token: Object(token).access_token, receivedAt: now }) })),
    'undefined is refused, and what was stored is still stored',
  ],
  'one that loses the life': [
    but((strategy) => ({ set: (at, { expires_in: _, ...rest }) => strategy.set(at, rest) })),
    'a life is kept',
  ],
  'one that does not clear': [but(() => ({ clear: async () => {} })), 'a cleared credential is gone'],
}

describe('the strategy contract finds', () => {
  test.for(Object.entries(strategies))('%s', async ([, [make, name]]) => {
    expect(names(await broken(strategyContract(make)))).toContain(name)
  })

  test('nothing wrong with a good one, nor with one whose credential only the browser holds', async () => {
    expect(await broken(strategyContract(good))).toEqual([])
    expect(await broken(strategyContract(() => sessionStrategy()))).toEqual([])
  })
})

test('what it says never quotes the credential', async () => {
  const secret = 'c2VjcmV0'
  const tokens = [{ access_token: `${secret}1` }, { access_token: `${secret}2` }] as const
  const makes = [...Object.values(strategies).map(([make]) => make), () => memoryStrategy()]
  const found = await Promise.all(makes.map((make) => broken(strategyContract(make, { tokens }))))
  expect(found.flat().length).toBeGreaterThan(5)
  expect(JSON.stringify(found)).not.toContain(secret)
})
