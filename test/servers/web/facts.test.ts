import { describe, expect, test, vi } from 'vitest'
import { newClient } from './client.js'
import { protectedByCsrfSync } from './csrf-sync.js'
import { createExpress } from './express.js'
import { factsOf, signIn, tokenFor } from './facts.js'
import { listen } from './listen.js'
import { servers } from './servers.js'

// What the presets take for granted, seen without a browser and without latchkey.
describe.each(servers)('$name', (server) => {
  const { header } = server

  test('refuses what carries no token or a wrong one, and says that it is for that', async () => {
    const { without, wrong } = await factsOf(server)
    for (const { status, says } of [without, wrong]) {
      expect(status).toBe(403)
      expect(says).toMatch(/csrf/i)
    }
  })

  test('says something else of what is forbidden to the user', async () => {
    const { forbidden } = await factsOf(server)
    expect(forbidden.status).toBe(403)
    expect(forbidden.says).not.toMatch(/csrf/i)
  })

  test('takes no token from before a login, or from before it was exchanged', async () => {
    const { afterLogin, afterRotation } = await factsOf(server)
    for (const { status, says } of [afterLogin, afterRotation])
      expect([status, says]).toEqual([403, expect.stringMatching(/csrf/i)])
  })

  test('takes one token for ten POSTs at once', async () => {
    const { client } = await signIn(server)
    const headers = { [header]: await tokenFor(client, server) }
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.post('/items', headers)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201))
  })

  test('says by 401, or by 200 and null, that nobody is signed in any more', async () => {
    const { client } = await signIn(server)
    expect(await (await client.get('/me')).json()).toEqual({ sub: 'ada' })
    await client.get('/control/expire')
    const answer = await client.get('/me')
    const body = answer.status === 200 ? await answer.json() : undefined
    expect([answer.status, body]).toEqual(server.preset === 'fastify' ? [200, null] : [401, undefined])
  })
})

test('Express in production says no more of a CSRF refusal than that it is one of any kind', async () => {
  // There Express writes each error to the console, also this one.
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { port, close } = await listen(createExpress(protectedByCsrfSync(), { env: 'production' }))
  const answer = await newClient(port).post('/items')
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<pre>Forbidden</pre>')])
  close()
  log.mockRestore()
})
