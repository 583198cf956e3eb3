import { afterEach, expect, test, vi } from 'vitest'
import { cookieStrategy, createLatchkey, type LatchkeyOptions } from '../../src/index.js'
import { dropCookie, ownName, shownCookie, writeCookie } from './fixtures.js'

const TOKEN = { access_token: 'token', refresh_token: 'rt', expires_in: 60 }

function make(name: string, more: Partial<LatchkeyOptions> = {}) {
  return createLatchkey({ strategy: cookieStrategy({ name }), allowedOrigins: ['self'], name, ...more })
}

const restOf = (name: string) => String(localStorage.getItem(`latchkey.cookie.${name}.${name}`))

/** What a sign-in writes, both parts of it, for another tab to write it again. */
async function signInOf(name: string) {
  const latchkey = make(name)
  await latchkey.set(TOKEN)
  latchkey.dispose()
  const rest = restOf(name)
  const erase = () => {
    dropCookie(name)
    localStorage.removeItem(`latchkey.cookie.${name}.${name}`)
  }
  erase()
  const write = () => {
    writeCookie(`${name}=token; path=/`)
    localStorage.setItem(`latchkey.cookie.${name}.${name}`, rest)
  }
  return { write, erase }
}

afterEach(() => {
  vi.restoreAllMocks()
})

test('a look-up at any moment of a sign-in destroys no part of it', async () => {
  // Without it there is nothing to wait for but microtasks, so that each moment is met.
  const indexedDB = { open: () => undefined } as unknown as IDBFactory
  const lost: number[] = []
  for (let moment = 0; moment < 80; moment += 1) {
    const name = ownName()
    const signed = make(name, { indexedDB }).set(TOKEN)
    for (let i = 0; i < moment; i += 1) await Promise.resolve()
    await Promise.all([make(name, { indexedDB }).ready(), signed])
    if (!shownCookie(name) || !restOf(name).includes('rt')) lost.push(moment)
    dropCookie(name)
    localStorage.clear()
  }
  expect(lost).toEqual([])
})

test('a look-up that has seen no cookie yet does not erase what another tab has written since', async () => {
  const name = ownName()
  const { write, erase } = await signInOf(name)
  const cookies = vi.spyOn(document, 'cookie', 'get').mockImplementationOnce(() => {
    write()
    return ''
  })
  await make(name).ready()
  expect(cookies).toHaveBeenCalled()
  expect([shownCookie(name), restOf(name).includes('rt')]).toEqual([`${name}=token`, true])
  erase()
})
