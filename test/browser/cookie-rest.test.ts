import { expect, test } from 'vitest'
import { cookieStrategy, createLatchkey } from '../../src/index.js'
import { dropCookie, ownName } from './fixtures.js'

const TOKEN = { access_token: 'token', refresh_token: 'rt', expires_in: 60 }

function make(name: string) {
  return createLatchkey({ strategy: cookieStrategy({ name }), allowedOrigins: ['self'], name })
}

test('a refresh token does not outlive its cookie: the next start erases it', async () => {
  const name = ownName()
  await make(name).set(TOKEN)
  expect(localStorage.getItem(`latchkey.cookie.${name}.${name}`)).toContain('rt')
  dropCookie(name)
  expect((await make(name).ready()).status).toBe('signed-out')
  expect(localStorage.getItem(`latchkey.cookie.${name}.${name}`)).toBeNull()
})

test('a look-up that is under way does not erase what is set at once', async () => {
  const name = ownName()
  const latchkey = make(name)
  await latchkey.set(TOKEN)
  await latchkey.ready()
  expect(localStorage.getItem(`latchkey.cookie.${name}.${name}`)).toContain('rt')
  expect((await make(name).ready()).expiresAt).toBeTypeOf('number')
  dropCookie(name)
})

test('of a cookie whose rest is gone nobody knows when it was received', async () => {
  const name = ownName()
  await make(name).set(TOKEN)
  localStorage.removeItem(`latchkey.cookie.${name}.${name}`)
  const { status, receivedAt, expiresAt } = await make(name).ready()
  expect([status, receivedAt, expiresAt]).toEqual(['signed-in', undefined, undefined])
  dropCookie(name)
})
