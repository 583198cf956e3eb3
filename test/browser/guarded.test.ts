import { expect, test } from 'vitest'
import { createLatchkey, memoryStrategy, type Placement } from '../../src/index.js'
import { newBench } from '../harness/bench.js'

const own: Placement = {
  name: 'own',
  async attach(request, credential) {
    if (credential?.access_token) request.headers.set('X-Own', credential.access_token)
    return request
  },
}

async function signedIn(origin: string) {
  const strategy = memoryStrategy({ placement: own })
  const latchkey = createLatchkey({ strategy, allowedOrigins: [origin] })
  await latchkey.set({ access_token: 'token' })
  return latchkey
}

test('a placement of one’s own follows no redirect, wherever it is given', async () => {
  const { api, foreign } = newBench()
  const latchkey = await signedIn(api.origin)
  const url = api.at(`redirect/307?to=${encodeURIComponent(foreign.at('echo'))}`)
  await expect(latchkey.fetch(url)).rejects.toHaveProperty('code', 'ERR_REDIRECT_REFUSED')
  expect(await foreign.log()).toEqual([])
})

test('a redirect mode that is undefined is no choice', async () => {
  const { api, foreign } = newBench()
  const latchkey = await signedIn(api.origin)
  const url = api.at(`redirect/307?to=${encodeURIComponent(foreign.at('echo'))}`)
  const init = { redirect: undefined } as unknown as RequestInit
  await expect(latchkey.fetch(url, init)).rejects.toHaveProperty('code', 'ERR_REDIRECT_REFUSED')
})

test('a long data: URL is decided on at once', async () => {
  const { api } = newBench()
  const latchkey = await signedIn(api.origin)
  const before = performance.now()
  await latchkey.fetch(`data:text/plain,${'/'.repeat(1_000_000)}`)
  expect(performance.now() - before).toBeLessThan(2000)
})
