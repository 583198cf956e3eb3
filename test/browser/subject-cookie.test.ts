import { describe, expect, onTestFinished, test } from 'vitest'
import { cookieStrategy, createLatchkey, type Strategy, sessionStrategy } from '../../src/index.js'
import { codeOf, listen, settled } from '../shared/fixtures/events.js'
import { dropCookie, ownName } from './fixtures.js'

const API = 'https://api.example.com'

/** What a server's login writes beside its session cookie. */
function become(cookie: string, user: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the test is the server
  document.cookie = `${cookie}=${encodeURIComponent(user)}; Path=/`
  onTestFinished(() => dropCookie(cookie))
}

const ways: Record<string, (name: string) => Strategy<never>> = {
  sessionStrategy: (name) => sessionStrategy({ subjectCookie: `${name}-uid` }),
  cookieStrategy: (name) => cookieStrategy({ name, subjectCookie: `${name}-uid` }),
}

describe.for(Object.entries(ways))('%s with a cookie that says whose session it is', ([, strategyOf]) => {
  async function signedIn(user?: string) {
    const name = ownName()
    const sent: string[] = []
    const latchkey = createLatchkey<never>({
      strategy: strategyOf(name),
      allowedOrigins: [API],
      name,
      fetch: async ({ url }) => new Response(`${sent.push(url)}`),
    })
    onTestFinished(() => {
      latchkey.dispose()
      dropCookie(name)
    })
    if (user) become(`${name}-uid`, user)
    const token = strategyOf(name).capabilities.readable ? { access_token: 'at', expires_in: 60 } : {}
    await latchkey.set(token as never)
    await settled()
    return { latchkey, sent, cookie: `${name}-uid`, ...listen(latchkey) }
  }

  test('knows who is signed in', async () => {
    const { latchkey } = await signedIn('ann, the first')
    expect(latchkey.state.subject).toBe('ann, the first')
  })

  test('says user-changed, and does not send what was asked for the user before', async () => {
    const { latchkey, sent, cookie, types } = await signedIn('ann')
    become(cookie, 'bob')
    expect(await codeOf(latchkey.fetch(`${API}/asked-by-ann`))).toBe('ERR_SIGNED_OUT')
    expect([latchkey.state.subject, types(), sent]).toEqual(['bob', ['initial', 'user-changed'], []])
  })

  test('sends what is asked after that', async () => {
    const { latchkey, sent, cookie } = await signedIn('ann')
    become(cookie, 'bob')
    await codeOf(latchkey.fetch(`${API}/asked-by-ann`))
    await latchkey.fetch(`${API}/asked-by-bob`)
    expect(sent).toEqual([`${API}/asked-by-bob`])
  })

  test('does not take the life of the one session for the other’s', async () => {
    const { latchkey, cookie } = await signedIn('ann')
    become(cookie, 'bob')
    await codeOf(latchkey.fetch(API))
    expect(latchkey.state.expiresAt).toBeUndefined()
  })

  test('says nothing while the same user signs in again', async () => {
    const { latchkey, cookie, types } = await signedIn('ann')
    become(cookie, 'ann')
    await latchkey.fetch(API)
    expect(types()).toEqual(['initial'])
  })

  test('takes a cookie that is gone, or came late, for no other user', async () => {
    const { latchkey, sent, cookie, types } = await signedIn()
    become(cookie, 'ann')
    await latchkey.fetch(API)
    dropCookie(cookie)
    await latchkey.fetch(API)
    expect([types(), sent.length]).toEqual([['initial'], 2])
  })

  test('compares with the one that came late, too', async () => {
    const { latchkey, cookie } = await signedIn()
    become(cookie, 'ann')
    await latchkey.fetch(API)
    become(cookie, 'bob')
    expect(await codeOf(latchkey.fetch(API))).toBe('ERR_SIGNED_OUT')
  })
})
