import { onTestFinished } from 'vitest'
import {
  createLatchkey,
  encrypted,
  jwtStrategy,
  type LatchkeyOptions,
  type Strategy,
  sessionStrategy,
  storeChain,
  tokenStrategy,
} from '../../../src/index.js'
import { listen } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { look, put } from '../faults/broken-indexed-db.js'
import { ownName } from '../fixtures.js'

export const ME = 'https://api.example.com/me'

/** Text that is in the credentials of one file's tests and nowhere else: nobody may find it in any storage. */
const CANARY = crypto.randomUUID()

export const grant = (number: number, sub = 'ann') => ({
  access_token: jwtOf({ sub, number, CANARY }),
  refresh_token: `${CANARY}-rt-${number}`,
  expires_in: 3600,
})

/** The parts of a credential by which it would be found. */
export const secretsOf = ({ access_token, refresh_token }: ReturnType<typeof grant>): string[] => [
  CANARY,
  refresh_token,
  // Not the signature, which all tests' tokens share.
  ...access_token.split('.').slice(1, 2),
]

/** Each strategy with all that it may keep encrypted, and what is in the place of its ciphertext. */
export const kinds = {
  'jwt in localStorage': {
    strategy: () => jwtStrategy({ storage: encrypted('local') }),
    ...inWebStorage('jwt', localStorage),
  },
  'jwt in sessionStorage': {
    strategy: () => jwtStrategy({ storage: encrypted('session') }),
    ...inWebStorage('jwt', sessionStorage),
  },
  'token in IndexedDB': {
    strategy: () => tokenStrategy({ storage: encrypted('indexedDB') }),
    text: async (name: string) => (await look(`latchkey.token.${name}`)) as string | undefined,
    lay: (name: string, value: string) => put(`latchkey.token.${name}`, value),
  },
  'jwt in a chain of encrypted stores': {
    strategy: () => jwtStrategy({ storage: storeChain([encrypted('local'), 'memory']) }),
    ...inWebStorage('jwt', localStorage),
  },
  'token in an encrypted chain': {
    strategy: () => tokenStrategy({ storage: encrypted(storeChain(['local', 'indexedDB', 'memory'])) }),
    ...inWebStorage('token', localStorage),
  },
}

/** The marker of a server's session, which is no secret, may be kept so as well. */
export const marker = () => sessionStrategy({ storage: encrypted('local') })

function inWebStorage(of: string, real: Storage) {
  return {
    text: async (name: string) => real.getItem(`latchkey.${of}.${name}`) ?? undefined,
    lay: async (name: string, value: string) => real.setItem(`latchkey.${of}.${name}`, value),
  }
}

/** One app in one browser: what it opens finds what was stored before. */
export function oneApp(name = ownName()) {
  const spent: unknown[] = []
  const open = (strategy: Strategy, more: Partial<LatchkeyOptions> = {}) => {
    const latchkey = createLatchkey({
      strategy,
      allowedOrigins: ['https://api.example.com'],
      name,
      storageTimeoutSeconds: 3,
      fetch: async ({ headers }) => new Response(headers.get('authorization')),
      refresh: async ({ credential }) => grant(spent.push(credential.refresh_token)),
      ...more,
    })
    onTestFinished(async () => {
      await latchkey.clear().catch(() => {})
      latchkey.dispose()
    })
    return { latchkey, sent: async () => (await latchkey.fetch(ME)).text(), ...listen(latchkey) }
  }
  /** Signs in, and closes the app. */
  const signIn = async (strategy: Strategy, token = grant(0)) => {
    const { latchkey } = open(strategy)
    await latchkey.set(token)
    latchkey.dispose()
  }
  return { name, spent, open, signIn }
}

export const bearing = (number: number): string => `Bearer ${grant(number).access_token}`

const done = <R>(request: IDBRequest<R>): Promise<R> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** All records of all databases of the page, past the library. */
export async function records(): Promise<(readonly [database: string, key: string, value: unknown])[]> {
  const all: (readonly [string, string, unknown])[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      const found = database.transaction(store).objectStore(store)
      const [keys, values] = await Promise.all([done(found.getAllKeys()), done(found.getAll())])
      all.push(...keys.map((key, index) => [name, String(key), values[index]] as const))
    }
    database.close()
  }
  return all
}

/** Everything that is stored in the page, as text. */
export async function everything(): Promise<string> {
  return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await records(), document.cookie])
}

export async function storedKey(): Promise<CryptoKey | undefined> {
  const found = (await records()).find(
    ([database, key]) => database === 'latchkey.keys' && key === 'encrypted',
  )
  return found?.[2] as CryptoKey | undefined
}

/** As in another profile, or where IndexedDB alone was deleted. */
export async function loseKey(): Promise<void> {
  await done(indexedDB.deleteDatabase('latchkey.keys'))
}
