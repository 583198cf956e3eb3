import { expect, onTestFinished, test } from 'vitest'
import { type Configuration, configure, dpop } from '../../../src/index.js'
import { dpopServer, fine } from '../dpop-fixtures.js'
import { ownName } from '../fixtures.js'
import { tidy } from './places.js'

const thumbprintsOf = async (got: readonly { header: object }[]) =>
  Promise.all(got.map(({ header }) => JSON.stringify(Object(header).jwk)))

test('strategy, refresh and the app’s own dpop() of that name prove with one key, also after a reload', async () => {
  const name = ownName()
  const origin = `https://${name}.example.com`
  onTestFinished(() => tidy(name))
  const renewed = () => Response.json({ access_token: 'at-2', refresh_token: 'rt-2', token_type: 'DPoP' })
  const server = dpopServer(
    () => Response.json({ access_token: 'at-1', refresh_token: 'rt-1', token_type: 'DPoP' }),
    renewed,
    fine(),
  )
  const config: Configuration = {
    allowedOrigins: [origin],
    strategy: { type: 'token', placement: { type: 'dpop', name } },
    refresh: { type: 'oauth', tokenEndpoint: `${origin}/token`, clientId: 'web' },
  }

  // The login is the app's: its proof binds the token to the key of that name.
  const answer = await dpop({ name }).fetch(`${origin}/token`, { method: 'POST' }, server.fetch)
  const first = configure(config, { fetch: server.fetch })
  await first.set(await answer.json())
  await first.refresh()
  await first.fetch(`${origin}/me`)
  first.dispose()
  const next = configure(config, { fetch: server.fetch })
  onTestFinished(() => next.dispose())
  await next.fetch(`${origin}/me`)

  expect(server.got.map(({ url, authorization }) => [url, authorization])).toEqual([
    [`${origin}/token`, null],
    [`${origin}/token`, null],
    [`${origin}/me`, 'DPoP at-2'],
    [`${origin}/me`, 'DPoP at-2'],
  ])
  const keys = await thumbprintsOf(server.got)
  expect(new Set(keys).size).toBe(1)
})

test('a key of another name is another key', async () => {
  const [one, other] = await Promise.all(
    [dpop({ name: ownName() }), dpop({ name: ownName() })].map((proof) => proof.thumbprint()),
  )
  expect(one).not.toBe(other)
})

test('has the clock and the database that the instance has', async () => {
  const name = ownName()
  const origin = `https://${name}.example.com`
  const server = dpopServer(fine())
  let opened = 0
  const own = Object.create(indexedDB, {
    open: {
      value: (...given: Parameters<IDBFactory['open']>) => {
        opened += 1
        return indexedDB.open(...given)
      },
    },
  })
  const strategy = { type: 'memory', placement: { type: 'dpop', name } } as const
  const latchkey = configure(
    { allowedOrigins: [origin], strategy },
    { fetch: server.fetch, now: () => 5e12, indexedDB: own },
  )
  onTestFinished(() => latchkey.dispose())
  await latchkey.set({ access_token: 'a', token_type: 'DPoP' } as never)
  const before = opened
  await latchkey.fetch(`${origin}/me`)
  expect([server.got[0]?.claims.iat, opened > before]).toEqual([5e9, true])
})
