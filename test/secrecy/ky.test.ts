import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient } from '../../src/index.js'
import { leaksIn } from './detector.js'
import { stubPage } from './page.js'
import { API, signedIn } from './strategies.js'
import { witness } from './witness.js'

beforeEach(() => stubPage())
afterEach(() => vi.unstubAllGlobals())

const answer = (status: number) => async () => new Response('{}', { status })
const dropped = async () => Promise.reject(new TypeError('Failed to fetch'))

describe('a client made with ky', () => {
  const hooked = async (fetch: () => Promise<Response>) => {
    const latchkey = await signedIn('jwt', { fetch })
    const seen: unknown[] = []
    const see = (...all: unknown[]) => void seen.push(all)
    const hooks = {
      beforeRequest: [see],
      beforeRetry: [see],
      beforeError: [(one: { error: Error }) => one.error],
    }
    const api = createClient(latchkey, { prefix: API, retry: { limit: 1, delay: () => 1 }, hooks })
    return { seen, api, evidence: await witness(latchkey, () => api.get('me').json()) }
  }

  it.each([
    ['HTTPError', answer(500)],
    ['TypeError', dropped],
  ])('shows no hook, no retry and no %s the credential', async (_, fetch) => {
    const result = await hooked(fetch)
    expect(result.evidence.error).toBeInstanceOf(Error)
    expect(result.seen.length).toBeGreaterThan(1)
    expect(leaksIn(result)).toEqual([])
  })
})
