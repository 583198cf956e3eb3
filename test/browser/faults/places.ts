import { cookieStrategy, jwtStrategy, type Strategy, tokenStrategy } from '../../../src/index.js'
import { sleep } from '../../shared/fixtures/faults.js'
import { dropCookie } from '../fixtures.js'
import { cookies } from './broken-cookie.js'
import { deleteAll, look, put } from './broken-indexed-db.js'

export const COOKIE = 'fault-table'

/** Where a strategy keeps its credential, and how a test gets at it past the library and past any fault. */
interface Place {
  strategy(): Strategy
  /** What rests there for the instance of that name. */
  look(name: string): Promise<unknown>
  /** The text in which all but a cookie is written. */
  text(name: string): Promise<unknown>
  /** Puts something in its place. */
  put(name: string, value: unknown): Promise<void>
}

// Taken now, since a fault may be in their place later.
const { localStorage, sessionStorage } = globalThis

const inWebStorage = (storage: 'local' | 'session', real: Storage): Place => ({
  strategy: () => jwtStrategy({ storage }),
  look: async (name) => real.getItem(`latchkey.jwt.${name}`) ?? undefined,
  text: async (name) => real.getItem(`latchkey.jwt.${name}`) ?? undefined,
  put: async (name, value) => real.setItem(`latchkey.jwt.${name}`, String(value)),
})

/** The key of what lies beside a cookie. */
const restKey = (name: string) =>
  Object.keys(localStorage).find((key) => key.startsWith(`latchkey.cookie.${name}`))

export const places = {
  local: inWebStorage('local', localStorage),
  session: inWebStorage('session', sessionStorage),
  indexedDB: {
    strategy: () => tokenStrategy(),
    look: (name) => look(`latchkey.token.${name}`),
    text: (name) => look(`latchkey.token.${name}`),
    put: (name, value) => put(`latchkey.token.${name}`, value),
  },
  cookie: {
    strategy: () => cookieStrategy({ name: COOKIE }),
    async look() {
      // WebKit may show a cookie again for a moment: it hears late of how it was set, after it was removed.
      await sleep(30)
      return cookies().match(`${COOKIE}=([^;]*)`)?.[1]
    },
    text: async (name) => localStorage.getItem(restKey(name) ?? '') ?? undefined,
    // Any text is a good cookie; what can be junk is the rest that lies beside it.
    async put(name, value) {
      const key = restKey(name)
      if (!key) throw new Error('nothing lies beside the cookie')
      localStorage.setItem(key, String(value))
    },
  },
} satisfies Record<string, Place>

export type PlaceName = keyof typeof places

export async function tidyUp(): Promise<void> {
  localStorage.clear()
  sessionStorage.clear()
  dropCookie(COOKIE)
  await deleteAll()
}
