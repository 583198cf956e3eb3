import { expect, test } from 'vitest'
import { createLatchkey, memoryStrategy, type TokenResponse } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { deferred, sleep } from '../../shared/fixtures/faults.js'
import { world } from '../../shared/fixtures/instance.js'

test.each([
  ['left out', {}],
  ['undefined', { refresh_token: undefined }],
  ['null', { refresh_token: null }],
])('a refresh token that the answer has %s stays as it was', async (_, answer) => {
  const spent: unknown[] = []
  const refresh = async ({ credential }: { credential: { refresh_token?: string | undefined } }) => {
    spent.push(credential.refresh_token)
    return { access_token: `at-${spent.length}`, ...answer } as TokenResponse
  }
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: ['https://a.example'],
    refresh,
  })
  await latchkey.set({ access_token: 'at', refresh_token: 'rt' })
  await latchkey.refresh()
  await latchkey.refresh()
  expect(spent).toEqual(['rt', 'rt'])
})

test('a set under way when the server ends the old session is not erased with it', async () => {
  const [answer, written] = [deferred(), deferred()]
  const refresh = async () => {
    await answer.promise
    return null
  }
  const { latchkey, store } = world({ refresh })
  await latchkey.set({ access_token: 'spent', refresh_token: 'rt' })
  const renewed = codeOf(latchkey.refresh())
  store.before = (operation) => (operation === 'write' ? written.promise : undefined)
  const set = latchkey.set({ access_token: 'chosen' })
  answer.resolve()
  await sleep(10)
  written.resolve()
  await Promise.all([set, renewed])
  expect(latchkey.state.status).toBe('signed-in')
  expect([...store.values.values()].join()).toContain('chosen')
})
