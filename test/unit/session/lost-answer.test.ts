import { expect, test } from 'vitest'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { never } from '../../shared/fixtures/faults.js'
import { offline, refused, rejected, withEndpoint } from '../../shared/fixtures/token-endpoint.js'

test('an answer that the network has lost is asked for once more, with the same refresh token', async () => {
  const { latchkey, endpoint, types } = await withEndpoint([offline])
  await latchkey.refresh()
  await settled()
  expect([endpoint.spent, types()]).toEqual([['rt-0', 'rt-0'], ['refreshed']])
})

test('it is asked for once more and not again', async () => {
  const { latchkey, endpoint } = await withEndpoint([offline, offline, offline])
  expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
  expect(endpoint.spent).toEqual(['rt-0', 'rt-0'])
})

test('what the server has answered is not asked for once more', async () => {
  const { latchkey, endpoint } = await withEndpoint([refused])
  await codeOf(latchkey.refresh())
  expect(endpoint.spent).toEqual(['rt-0'])
})

test('invalid_grant after a lost answer is reported for what it is: the outcome is unknown', async () => {
  const { latchkey } = await withEndpoint([offline, rejected])
  await latchkey.refresh()
  expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'rotation-outcome-unknown' })
})

test.for([
  ['two lost answers', [offline, offline, rejected]],
  ['a time-out', [never, rejected]],
] as const)('%s are not forgotten when invalid_grant comes at a later attempt', async ([, answers]) => {
  const { latchkey, clock } = await withEndpoint([...answers], { refreshTimeoutSeconds: 0.3 })
  await codeOf(latchkey.refresh())
  clock.now = Number(latchkey.state.retryAt)
  await latchkey.refresh()
  expect(latchkey.state.reason).toBe('rotation-outcome-unknown')
})

test('invalid_grant alone is a rejected refresh', async () => {
  const { latchkey } = await withEndpoint([rejected])
  await latchkey.refresh()
  expect(latchkey.state.reason).toBe('refresh-rejected')
})

test('invalid_grant after a 429 is a rejected refresh: the server has spent nothing', async () => {
  const { latchkey, clock } = await withEndpoint([refused, rejected])
  await codeOf(latchkey.refresh())
  clock.now = Number(latchkey.state.retryAt)
  await latchkey.refresh()
  expect(latchkey.state.reason).toBe('refresh-rejected')
})

test('a loss that a success has followed is over: the next invalid_grant is a rejected refresh', async () => {
  const { latchkey, endpoint } = await withEndpoint([offline])
  await latchkey.refresh()
  endpoint.answers = [rejected]
  await latchkey.refresh()
  expect(latchkey.state.reason).toBe('refresh-rejected')
})
