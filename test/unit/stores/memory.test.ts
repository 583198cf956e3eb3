import { expect, test } from 'vitest'
import { createLatchkey, memoryStrategy, storeChain, tokenStrategy } from '../../../src/index.js'
import { memory } from '../../../src/stores/memory.js'

const { signal } = new AbortController()

test('each instance has a value of its own under the same key', async () => {
  const { read, write, erase } = memory()
  const [one, other] = [{}, {}].map((instance) => ({ key: 'key', instance, signal }))
  if (!one || !other) throw new Error()
  await write(one, 'of one')
  expect([await read(one), await read(other)]).toEqual(['of one', undefined])
  await erase(other)
  expect(await read(one)).toBe('of one')
})

test.for([
  ['memoryStrategy', () => memoryStrategy()],
  ['a chain', () => tokenStrategy({ storage: storeChain(['memory']) })],
] as const)('instances that share one strategy share no credential in memory: %s', async ([, make]) => {
  const options = { strategy: make(), allowedOrigins: ['https://api.example.com'] }
  const one = createLatchkey(options)
  await one.set({ access_token: 'of-one' })
  const other = createLatchkey(options)
  expect((await other.ready()).status).toBe('signed-out')
  await other.clear()
  expect(one.state.status).toBe('signed-in')
})
