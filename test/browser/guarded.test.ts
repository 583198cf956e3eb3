import { expect, test } from 'vitest'
import { createLatchkey, memoryStrategy, type Placement, sessionStrategy } from '../../src/index.js'
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

/** One that knows by itself which header it writes, as a class or as an object. */
class InHeader implements Placement {
  readonly name = 'in-header'
  readonly header = 'X-Own'
  async attach(request: Request, credential: { access_token?: string | undefined } | undefined) {
    request.headers.set(this.header, credential?.access_token ?? '')
    return request
  }
  exposes(request: Request): boolean {
    return request.headers.has(this.header)
  }
}

const inHeader: Placement & { header: string } = {
  name: 'in-header',
  header: 'X-Own',
  attach: InHeader.prototype.attach,
  exposes: InHeader.prototype.exposes,
}

test.for([new InHeader(), inHeader])(
  'a placement is asked as who it is: its own fields count',
  async (own) => {
    const { api, foreign } = newBench()
    const latchkey = createLatchkey({
      strategy: memoryStrategy({ placement: own }),
      allowedOrigins: [api.origin],
    })
    await latchkey.set({ access_token: 'token' })
    const url = api.at(`redirect/307?to=${encodeURIComponent(foreign.at('echo'))}`)
    await expect(latchkey.fetch(url)).rejects.toHaveProperty('code', 'ERR_REDIRECT_REFUSED')
    expect(await foreign.log()).toEqual([])
  },
)

test('a caller’s own Authorization is the caller’s to send along, also where the entry has a path', async () => {
  const { api } = newBench()
  const latchkey = createLatchkey({ strategy: sessionStrategy(), allowedOrigins: [api.at('redirect')] })
  await latchkey.set({})
  const headers = { Authorization: 'Basic own' }
  const url = api.at(`redirect/307?to=${encodeURIComponent(api.at('echo'))}`)
  expect((await latchkey.fetch(url, { headers })).url).toBe(api.at('echo'))
})

test('an init of a class is asked for its body, so that it can be sent again', async () => {
  const { api } = newBench()
  const refresh = async () => ({ access_token: 'next' })
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [api.origin], refresh })
  await latchkey.set({ access_token: 'first' })
  const init: RequestInit = Object.create({ method: 'POST', body: 'x' })
  expect((await latchkey.fetch(api.at('answers/401,200/inherited'), init)).status).toBe(200)
})
