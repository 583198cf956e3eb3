import {
  cookieStrategy,
  createLatchkey,
  csrfCookie,
  jwtStrategy,
  type Latchkey,
  type LatchkeyOptions,
  memoryStrategy,
  type Strategy,
  sessionStrategy,
  tokenStrategy,
} from '../../src/index.js'
import { canary, jwt } from './canary.js'
import { fakeIndexedDB } from './indexed-db.js'

export const API = 'https://api.example.com'

const makers: Readonly<Record<string, () => Strategy>> = {
  jwt: () => jwtStrategy({ storage: 'local' }),
  token: () => tokenStrategy(),
  cookie: () => cookieStrategy({ name: 'token', csrf: csrfCookie({ cookie: 'csrf', header: 'X-CSRF' }) }),
  memory: () => memoryStrategy(),
  session: () => sessionStrategy() as unknown as Strategy,
}

/** The strategies whose credential script holds. */
export const withToken: readonly string[] = ['jwt', 'token', 'cookie', 'memory']

export function strategyOf(name: string): Strategy {
  const maker = makers[name]
  if (maker === undefined) throw new Error(`there is no strategy ${name}`)
  return maker()
}

export function tokenFor(name: string, sub?: string) {
  const access_token = name === 'jwt' ? jwt(sub) : `${canary}.${sub}`
  return { access_token, refresh_token: `refresh-${canary}`, expires_in: 900 }
}

const answerOk = async () => new Response('{}')

/** An instance that talks to nobody, unless it is given whom to talk to. */
export function make(strategy: Strategy, options: Partial<LatchkeyOptions> = {}): Latchkey {
  const seams = { fetch: answerOk, indexedDB: fakeIndexedDB() }
  return createLatchkey({ strategy, allowedOrigins: [API], ...seams, ...options })
}

/** What an app without types might pass. */
export const setAnything = (latchkey: Latchkey, token: unknown): Promise<void> =>
  latchkey.set(token as Parameters<Latchkey['set']>[0])

/** An instance that holds a credential. */
export async function signedIn(name: string, options: Partial<LatchkeyOptions> = {}): Promise<Latchkey> {
  const latchkey = make(options.strategy ?? strategyOf(name), options)
  await latchkey.set(tokenFor(name, 'ada'))
  return latchkey
}
