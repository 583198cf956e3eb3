import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leaksIn } from './detector.js'
import { stubPage } from './page.js'
import { API, signedIn, tokenFor } from './strategies.js'
import { witness } from './witness.js'

beforeEach(() => stubPage())
afterEach(() => vi.unstubAllGlobals())

const answer = (status: number) => async () => new Response('{}', { status })
const dropped = async () => Promise.reject(new TypeError('Failed to fetch'))
const never = () => new Promise<never>(() => {})

describe('a request that waits for a refresh', () => {
  it.each(['clear', 'dispose'] as const)('ends with nothing of the credential by: %s', async (end) => {
    const latchkey = await signedIn('token', { refresh: never, fetch: answer(401) })
    const act = async () => {
      const waiting = latchkey.fetch(`${API}/me`)
      const refreshing = latchkey.refresh()
      setTimeout(() => latchkey[end](), 5)
      await Promise.all([waiting, refreshing])
    }
    const evidence = await witness(latchkey, act)
    expect(evidence.error).toHaveProperty('code', end === 'clear' ? 'ERR_SIGNED_OUT' : 'ERR_DISPOSED')
    expect(leaksIn(evidence)).toEqual([])
  })

  it('fails with nothing of the credential when the refresh fails', async () => {
    const latchkey = await signedIn('jwt', { refresh: dropped, fetch: answer(401) })
    const evidence = await witness(latchkey, () => latchkey.fetch(`${API}/me`))
    expect(evidence.error).toHaveProperty('code', 'ERR_REFRESH_FAILED')
    expect(leaksIn(evidence)).toEqual([])
  })
})

describe('an instance that was disposed of', () => {
  it('rejects every call with nothing of the credential', async () => {
    const latchkey = await signedIn('memory')
    latchkey.dispose()
    const calls = [
      () => latchkey.fetch(API),
      () => latchkey.set(tokenFor('memory')),
      () => latchkey.refresh(),
    ]
    for (const call of calls) {
      const evidence = await witness(latchkey, call)
      expect(evidence.error).toHaveProperty('code', 'ERR_DISPOSED')
      expect(leaksIn(evidence)).toEqual([])
    }
  })
})

describe('a new sign-in by another user', () => {
  it('is told of with nothing of either credential', async () => {
    const latchkey = await signedIn('jwt')
    const evidence = await witness(latchkey, () => latchkey.set(tokenFor('jwt', 'bob')))
    expect(JSON.stringify(evidence.told)).toContain('user-changed')
    expect(leaksIn(evidence)).toEqual([])
  })
})
