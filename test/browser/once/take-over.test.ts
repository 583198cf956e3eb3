import { afterEach, expect, test } from 'vitest'
import page from '../../../docs/coming-from.md?raw'
import { createLatchkey, jwtStrategy, type Latchkey, type LatchkeyOptions } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { ownName } from '../fixtures.js'

const OLD = jwtOf({ sub: 'ann', jti: 'old' })

afterEach(() => localStorage.clear())

/** What the page tells to do at the start of an app. */
function takeOver(latchkey: Latchkey): Promise<void> {
  const [, code] = /<!-- take-over -->\s+```ts\n([\s\S]*?)```/.exec(page) ?? []
  return new Function('latchkey', `return (async () => { ${code} })()`)(latchkey)
}

function app(more: Partial<LatchkeyOptions> = {}, name = ownName()) {
  const sent: (string | null)[] = []
  const latchkey = createLatchkey({
    strategy: jwtStrategy({ storage: 'local' }),
    allowedOrigins: ['https://api.example.com'],
    name,
    fetch: async ({ headers }) => {
      sent.push(headers.get('authorization'))
      return new Response()
    },
    ...more,
  })
  return { latchkey, sent, name }
}

const oldKeys = () => [localStorage.getItem('token'), localStorage.getItem('refreshToken')]

function leaveOld(token: string) {
  localStorage.setItem('token', token)
  localStorage.setItem('refreshToken', 'old-refresh-token')
}

test('whoever was signed in by hand-written code stays signed in, and the old keys are gone', async () => {
  leaveOld(OLD)
  const { latchkey, sent, name } = app()
  await takeOver(latchkey)
  await latchkey.fetch('https://api.example.com/me')
  expect([latchkey.state.claims?.sub, sent, oldKeys()]).toEqual(['ann', [`Bearer ${OLD}`], [null, null]])
  const next = app({}, name).latchkey
  expect((await next.ready()).status).toBe('signed-in')
})

test('the old refresh token renews it', async () => {
  leaveOld(OLD)
  const spent: unknown[] = []
  const { latchkey } = app({
    refresh: async ({ credential }) => {
      spent.push(credential.refresh_token)
      return { access_token: jwtOf({ sub: 'ann', jti: 'new' }) }
    },
  })
  await takeOver(latchkey)
  await latchkey.refresh()
  expect([spent, latchkey.state.claims?.jti]).toEqual([['old-refresh-token'], 'new'])
})

test('whoever has signed in since keeps what is newer', async () => {
  const { latchkey } = app()
  await latchkey.set({ access_token: jwtOf({ sub: 'ann', jti: 'new' }) })
  leaveOld(OLD)
  await takeOver(latchkey)
  expect([latchkey.state.claims?.jti, oldKeys()]).toEqual(['new', [null, null]])
})

test('what can’t be taken over stays where it was', async () => {
  leaveOld('no JWT')
  const { latchkey } = app()
  expect(await codeOf(takeOver(latchkey))).toBe('ERR_CREDENTIAL_MALFORMED')
  expect(oldKeys()).toEqual(['no JWT', 'old-refresh-token'])
})

test('who was not signed in is not', async () => {
  const { latchkey } = app()
  await takeOver(latchkey)
  expect(latchkey.state.status).toBe('signed-out')
})
