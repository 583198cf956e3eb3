import { expect, test } from 'vitest'
import { createLatchkey, jwtStrategy } from '../../../src/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { ME, signedIn, world } from '../../shared/fixtures/instance.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'

const asUser = (sub: string, more: object = {}) => ({ access_token: jwtOf({ sub, ...more }) })

function withJwt() {
  sessionStorage.clear()
  const made = world({ strategy: jwtStrategy({ storage: 'session' }) })
  return made
}

test('the state is frozen, and the same object while nothing changes', async () => {
  const { latchkey } = await signedIn()
  const before = latchkey.state
  await latchkey.fetch(ME)
  await latchkey.ready()
  expect(latchkey.state).toBe(before)
  expect(Object.isFrozen(before)).toBe(true)
})

test('every change is a new object, and the old one stays what it was', async () => {
  const { latchkey } = await signedIn()
  const before = latchkey.state
  await latchkey.clear()
  expect([before.status, latchkey.state.status]).toEqual(['signed-in', 'signed-out'])
})

test('the state says which strategy it is, when it ends and whether it outlives the browser', async () => {
  const { latchkey, clock } = await signedIn()
  const { strategy, expiresAt, persistent } = latchkey.state
  expect({ strategy, expiresAt, persistent }).toEqual({
    strategy: 'fake',
    expiresAt: clock.now + 3600 * 1000,
    persistent: false,
  })
})

test('neither the state nor any event holds a token', async () => {
  const { latchkey, events } = await signedIn()
  await latchkey.fetch(ME)
  await latchkey.refresh()
  await latchkey.clear()
  await settled()
  expect(JSON.stringify([latchkey.state, events])).not.toMatch(/[ar]t-\d/)
})

test('a JWT’s claims and subject are in the state, and cannot be written on', async () => {
  const { latchkey } = withJwt()
  await latchkey.set(asUser('ann', { roles: ['admin'] }))
  expect(latchkey.state).toMatchObject({ subject: 'ann', claims: { sub: 'ann', roles: ['admin'] } })
  expect(Object.isFrozen(latchkey.state.claims)).toBe(true)
})

test('another user’s credential is told as user-changed, the same user’s is not', async () => {
  const { latchkey, types } = withJwt()
  await latchkey.ready()
  await latchkey.set(asUser('ann'))
  await latchkey.set(asUser('ann', { jti: '2' }))
  await latchkey.set(asUser('bob'))
  await settled()
  expect(types().slice(-3)).toEqual(['signed-in', 'signed-in', 'user-changed'])
})

test('whose credential it is can be told by the app', async () => {
  const { latchkey, types } = await signedIn({ subject: ({ access_token }) => access_token?.slice(0, 3) })
  expect(latchkey.state.subject).toBe('at-')
  await latchkey.set({ access_token: 'bt-0' })
  await settled()
  expect(types()).toEqual(['user-changed'])
})

test('a claim "sub" that is no text is nobody', async () => {
  const { latchkey } = withJwt()
  await latchkey.set({ access_token: jwtOf({ sub: { id: 1 } }) })
  expect(latchkey.state.subject).toBeUndefined()
})

test('two instances with names of their own never meet', async () => {
  sessionStorage.clear()
  const options = {
    strategy: jwtStrategy({ storage: 'session' }),
    allowedOrigins: ['https://api.example.com'],
  } as const
  const one = createLatchkey({ ...options, name: 'one' })
  const two = createLatchkey({ ...options, name: 'two' })
  await one.set(asUser('ann'))
  await two.set(asUser('bob'))
  await one.clear()
  const again = createLatchkey({ ...options, name: 'two' })
  expect([(await again.ready()).subject, sessionStorage.length]).toEqual(['bob', 1])
})

test('without a name the first allowed origin keeps two apart', async () => {
  sessionStorage.clear()
  const strategy = jwtStrategy({ storage: 'session' })
  await createLatchkey({ strategy, allowedOrigins: ['https://one.example'] }).set(asUser('ann'))
  await createLatchkey({ strategy, allowedOrigins: ['https://two.example'] }).set(asUser('bob'))
  expect(Object.keys(sessionStorage).sort()).toEqual([
    'latchkey.jwt.https://one.example',
    'latchkey.jwt.https://two.example',
  ])
})

test('a name such as __proto__ is a name like any other', async () => {
  const { latchkey, store } = world({ name: '__proto__' })
  await latchkey.set({ access_token: 'x' })
  expect([...store.values.keys()]).toEqual(['latchkey.fake.__proto__'])
})
