import { afterEach, expect, test } from 'vitest'
import page from '../../../docs/coming-from.md?raw'
import { createLatchkey, jwtStrategy, type Latchkey, type LatchkeyOptions } from '../../../src/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { ownName } from '../fixtures.js'

const OLD = jwtOf({ sub: 'ann', jti: 'old' })

afterEach(() => localStorage.clear())

/** What the page shows below that mark. */
function snippet(mark: string): string {
  return new RegExp(`<!-- ${mark} -->\\s+\`\`\`ts\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? 'throw mark'
}

/** What the page tells to do at the start of an app; resolves to the codes of what went wrong. */
async function takeOver(latchkey: Latchkey): Promise<unknown[]> {
  const codes: unknown[] = []
  const code = `return (async () => { ${snippet('take-over')} })()`
  const report = (error: unknown) => codes.push(Object(error).code)
  await new Function('latchkey', 'reportError', code)(latchkey, report)
  return codes
}

/** Where a page leads to that does what is told for the end of a session. */
function leading(latchkey: Latchkey, pathname: string): { href?: string } {
  const location: { pathname: string; href?: string } = { pathname }
  new Function('latchkey', 'location', snippet('session-end'))(latchkey, location)
  return location
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

/** Signs in with what is over by the time that this resolves. */
async function signInShortly(latchkey: Latchkey): Promise<void> {
  await latchkey.set({ access_token: OLD, expires_in: 0.001 })
  await new Promise((resolve) => setTimeout(resolve, 10))
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

test('what can’t be taken over stays where it was, and the app starts all the same', async () => {
  leaveOld('no JWT')
  const { latchkey } = app()
  expect(await takeOver(latchkey)).toEqual(['ERR_CREDENTIAL_MALFORMED'])
  expect(oldKeys()).toEqual(['no JWT', 'old-refresh-token'])
})

test('who was not signed in is not', async () => {
  const { latchkey } = app()
  await takeOver(latchkey)
  expect(latchkey.state.status).toBe('signed-out')
})

test('whoever’s session ends is led to the sign-in page, and who has signed out is not', async () => {
  const short = app()
  const [onPage, left] = [leading(short.latchkey, '/orders'), app()]
  await signInShortly(short.latchkey)
  await short.latchkey.fetch('https://api.example.com/me')
  await settled()
  const afterLeaving = leading(left.latchkey, '/orders')
  await left.latchkey.set({ access_token: OLD })
  await left.latchkey.clear()
  await settled()
  expect([onPage.href, afterLeaving.href]).toEqual(['/login', undefined])
})

test('the sign-in page does not lead to itself, nor is a visitor who was never signed in led there', async () => {
  const before = app()
  const nobodys = leading(before.latchkey, '/')
  await before.latchkey.ready()
  await signInShortly(before.latchkey)
  const after = app({}, before.name)
  const signIn = leading(after.latchkey, '/login')
  expect((await after.latchkey.ready()).reason).toBe('expired')
  await settled()
  expect([nobodys.href, signIn.href]).toEqual([undefined, undefined])
})
