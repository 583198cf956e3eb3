import { describe, expect, test } from 'vitest'
import { type Store, storeChain } from '../../src/index.js'
import { deferred, fakeStore, sleep } from './fixtures/faults.js'
import { API } from './fixtures/instance.js'
import { ADA, broken, sessionServer, visits } from './fixtures/probed.js'

const visit = visits()

describe('at the start, with nothing noted here', () => {
  test('a session that can’t be noted is there all the same, and the state says where', async () => {
    const { latchkey } = visit(sessionServer(), { probe: `${API}/me`, storage: broken })
    expect(await latchkey.ready()).toMatchObject({
      status: 'signed-in',
      subject: 'ada',
      storage: { name: 'memory', error: { code: 'ERR_STORAGE_FAILED' } },
    })
  })

  test('where it can’t be noted and nothing is found, the state says which store is meant', async () => {
    const server = sessionServer()
    server.me = null
    const storage = storeChain([broken, 'memory'])
    const { latchkey } = visit(server, { probe: `${API}/me`, storage })
    expect((await latchkey.ready()).storage).toMatchObject({
      name: 'memory',
      error: { code: 'ERR_STORAGE_FAILED' },
    })
  })

  test('disposed of while the server is asked, it notes nothing', async () => {
    const server = sessionServer()
    const answer = deferred()
    server.probed = () => answer.promise.then(() => Response.json(ADA))
    const { latchkey } = visit(server)
    await expect.poll(() => server.seen).toEqual(['GET /me'])
    latchkey.dispose()
    answer.resolve()
    await sleep(50)
    expect(localStorage.length).toBe(0)
  })

  test('a login before the server has answered is asked about, too', async () => {
    const server = sessionServer()
    const answer = deferred()
    server.probed = () => answer.promise.then(() => new Response(null, { status: 401 }))
    const { latchkey } = visit(server)
    await expect.poll(() => server.seen).toEqual(['GET /me'])
    await latchkey.set({})
    server.probed = async () => Response.json(ADA)
    answer.resolve()
    await expect.poll(() => latchkey.state.subject).toBe('ada')
  })

  test('what could not be known is asked again when the tab is seen again, but not after clear()', async () => {
    const server = sessionServer()
    server.probed = async () => new Response(null, { status: 503 })
    const { latchkey } = visit(server)
    await latchkey.ready()
    server.probed = async () => Response.json(ADA)
    document.dispatchEvent(new Event('visibilitychange'))
    await expect.poll(() => latchkey.state.subject).toBe('ada')
    await latchkey.clear()
    document.dispatchEvent(new Event('visibilitychange'))
    await sleep(50)
    expect(latchkey.state.status).toBe('signed-out')
  })

  test('cleared while the server is asked, it is not found when the tab is seen again', async () => {
    const server = sessionServer()
    const answer = deferred()
    server.probed = () => answer.promise.then(() => Response.json(ADA))
    const { latchkey } = visit(server)
    await expect.poll(() => server.seen).toEqual(['GET /me'])
    await latchkey.clear()
    answer.resolve()
    await latchkey.ready()
    document.dispatchEvent(new Event('visibilitychange'))
    await sleep(50)
    expect([latchkey.state.status, server.seen]).toEqual(['signed-out', ['GET /me']])
  })

  test('cleared while another tab’s sign-in is being read, it stays cleared', async () => {
    const [answer, read] = [deferred(), deferred()]
    const server = sessionServer()
    server.probed = () => answer.promise.then(() => Response.json(ADA))
    const kept = fakeStore()
    let readsUntilSlow = Number.POSITIVE_INFINITY
    const storage: Store = {
      ...kept,
      async read(context) {
        const value = await kept.read(context)
        readsUntilSlow -= 1
        // Without IndexedDB, the one before is for the number that the ledger would have.
        if (readsUntilSlow === 0) await read.promise
        return value
      },
    }
    const alone = { channel: () => undefined }
    const { latchkey } = visit(server, { probe: `${API}/me`, storage }, alone)
    await expect.poll(() => server.seen).toEqual(['GET /me'])
    await visit(server, { storage: kept }, alone).latchkey.set({})
    readsUntilSlow = globalThis.indexedDB ? 1 : 2
    answer.resolve()
    await expect.poll(() => readsUntilSlow).toBe(0)
    const cleared = latchkey.clear()
    read.resolve()
    await cleared
    expect([(await latchkey.ready()).status, kept.values.size]).toEqual(['signed-out', 0])
  })

  test('cleared while it is being noted, it stays cleared', async () => {
    let kept: string | undefined
    const storage: Store = {
      name: 'slow',
      persistent: true,
      read: async () => kept,
      async write(_, value) {
        await new Promise((resume) => setTimeout(resume, 50))
        kept = value
      },
      async erase() {
        kept = undefined
      },
    }
    const { latchkey, types } = visit(sessionServer(), { probe: `${API}/me`, storage })
    await new Promise((resume) => setTimeout(resume, 25))
    await latchkey.clear()
    expect([(await latchkey.ready()).status, kept, ...types()]).toEqual([
      'signed-out',
      undefined,
      'initial',
      'signed-out',
    ])
  })

  test('a probe of the app’s that never answers is given up after refreshTimeoutSeconds', async () => {
    const probe = () => new Promise<never>(() => {})
    const { latchkey } = visit(sessionServer(), { probe }, { refreshTimeoutSeconds: 0.05 })
    expect((await latchkey.ready()).status).toBe('signed-out')
  })
})
