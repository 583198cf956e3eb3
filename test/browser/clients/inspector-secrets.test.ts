import { expect, onTestFinished, test } from 'vitest'
import {
  cookieStrategy,
  csrfCookie,
  encrypted,
  header,
  jwtStrategy,
  memoryStrategy,
  query,
  type Strategy,
  sessionStrategy,
  tokenStrategy,
} from '../../../src/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { dropCookie, ownName, writeCookie } from '../fixtures.js'
import { API, make, shown } from './inspector-fixtures.js'

const NAME = ownName()
const CSRF = `csrf-${crypto.randomUUID()}`
const tokens = [0, 1].map((turn) => jwtOf({ sub: 'ann', turn, scope: 'all' }))
const opaque = [0, 1].map(() => `opaque-${crypto.randomUUID()}`)

const csrf = () => csrfCookie({ cookie: `${NAME}-csrf`, header: 'X-CSRF' })
const strategies: Record<string, () => Strategy<never>> = {
  'a session cookie': () => sessionStrategy({ csrf: csrf() }),
  'a script-written cookie': () => cookieStrategy({ name: NAME, csrf: csrf() }),
  'a JWT in localStorage': () => jwtStrategy({ storage: 'local' }),
  'a JWT in sessionStorage': () => jwtStrategy({ storage: 'session' }),
  'a token in IndexedDB': () => tokenStrategy(),
  'an encrypted token': () => tokenStrategy({ storage: encrypted('local') }),
  'a token in a header': () => tokenStrategy({ placement: header('X-Auth-Token') }),
  'a token in the URL': () => tokenStrategy({ placement: query('access_token') }),
  'a token in memory': () => memoryStrategy(),
}

/** All that is secret, and each piece of it that is long enough to be of use. */
function piecesOf(secret: string): string[] {
  return Array.from({ length: Math.max(secret.length - 12, 1) }, (_, at) => secret.slice(at, at + 12))
}

test.for(Object.entries(strategies))(
  'with %s, nothing of a secret stands in it',
  async ([kind, strategy]) => {
    const [first = '', second = ''] = kind.includes('JWT') ? tokens : opaque
    writeCookie(`${NAME}-csrf=${CSRF}; path=/`)
    onTestFinished(() => {
      for (const name of [NAME, `${NAME}-csrf`]) dropCookie(name)
      localStorage.clear()
      sessionStorage.clear()
    })
    const isSession = kind.includes('session cookie')
    const grant = (access_token: string) =>
      isSession
        ? { expires_in: 60 }
        : { access_token, refresh_token: `refresh-${access_token}`, expires_in: 60 }
    const refresh = async () => grant(second)
    const latchkey = make({ strategy: strategy() as Strategy, name: NAME, refresh: refresh as never })
    const { inspector, fact, rows } = shown(latchkey)
    await latchkey.set(grant(first) as never)
    await latchkey.fetch(`${API}/me?mine=${first}`, { method: 'POST' })
    await latchkey.fetch(`https://other.example/?mine=${first}`)
    await latchkey.refresh()
    await latchkey.fetch(`${API}/me`)
    await expect.poll(() => fact('Fingerprint')).toMatch(isSession ? /can’t read/ : /^[\da-f]{8}$/)
    await settled()
    expect(rows().filter((row) => row.includes('with the credential')).length).toBe(2)
    const all = inspector.shadowRoot?.innerHTML ?? ''
    const secrets = [first, second, `refresh-${first}`, CSRF]
    const wanted = isSession ? [CSRF] : secrets
    expect(wanted.flatMap(piecesOf).filter((piece) => all.includes(piece))).toEqual([])
    await latchkey.clear()
  },
)
