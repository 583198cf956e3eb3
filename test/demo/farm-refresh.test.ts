import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRedis } from '../servers/web/redis.js'
import { isUsable } from '../servers/web/runtimes.js'
import { ask, bearer, form, json } from './client.js'
import { type Demo, startDemo } from './demo-process.js'

const grant = (refresh_token: unknown) =>
  form({ grant_type: 'refresh_token', client_id: 'latchkey-demo', refresh_token: String(refresh_token) })

/** Before a Redis: it can keep from who writes something what Redis says of it. */
async function gate(port: number) {
  let stop: { text: string; reached: () => void } | undefined
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    far.pipe(near)
    near.on('data', (sent) => {
      if (stop && sent.includes(stop.text)) {
        far.unpipe(near)
        stop.reached()
        stop = undefined
      }
      far.write(sent)
    })
    for (const socket of [near, far]) {
      sockets.add(socket)
      // Whoever is killed says no goodbye.
      socket.on('error', () => undefined).once('close', () => [near, far].map((one) => one.destroy()))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `redis://127.0.0.1:${Object(server.address()).port}`,
    /** Resolves when that has been written; who wrote it waits for the answer from then on. */
    silentAfter: (text: string) =>
      new Promise<void>((reached) => {
        stop = { text, reached }
      }),
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

describe.runIf(isUsable('redis-server'))('a refresh in a farm', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  let before: Awaited<ReturnType<typeof gate>>
  let farm: Demo
  beforeAll(async () => {
    redis = await startRedis()
    before = await gate(Number(new URL(redis.url).port))
    farm = await startDemo({ REDIS_URL: before.url }, 'farm')
  })
  afterAll(async () => {
    await farm?.stop()
    before?.close()
    await redis?.stop()
  })

  const call = (path: string, init?: RequestInit) => ask(`${farm.url}/api/${path}`, init)
  const signIn = async () => (await call('token/login', json({ name: 'Ada' }))).body
  const change = (what: string, name: string) => call(`lab/farm/${what}`, json({ name }))
  const pidOfA = async () => Object((await call('lab/farm')).body).servers[0].pid

  test('that a server has begun when it is killed may be asked for again, and nobody is signed out', async () => {
    const { refresh_token } = await signIn()
    const pid = await pidOfA()
    // So that A gets it.
    await change('stop', 'B')
    const spent = before.silentAfter('spent-refresh-token')
    const lost = call('token', grant(refresh_token))
    await spent
    process.kill(pid, 'SIGKILL')
    expect(await lost).toMatchObject({ status: 502, body: { error: 'server_lost' } })
    await change('start', 'B')
    const again = await call('token', grant(refresh_token))
    expect(again).toMatchObject({ status: 200, body: { access_token: expect.any(String) } })
    expect(await call('token/echo', bearer(again.body.access_token))).toMatchObject({ body: { name: 'Ada' } })
    await change('start', 'A')
  })

  test('that was answered may not: whoever asks again has stolen it, and the sign-in ends', async () => {
    const { refresh_token } = await signIn()
    const { body } = await call('token', grant(refresh_token))
    expect(await call('token', grant(refresh_token))).toMatchObject({ body: { error: 'invalid_grant' } })
    expect((await call('token/echo', bearer(body.access_token))).status).toBe(401)
  })
})
