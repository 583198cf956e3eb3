import { createLatchkey, type LatchkeyOptions, storeChain, tokenStrategy } from '../../../src/index.js'
import { listen } from '../../shared/fixtures/events.js'
import { look as lookInDatabase } from './broken-indexed-db.js'

type Stores = Parameters<typeof storeChain>[0]

export const ALL: Stores = ['indexedDB', 'local', 'session', 'memory']

// Taken now, since a fault may be in their place later.
const { localStorage, sessionStorage } = globalThis

/** An instance whose credential goes to the first store of a chain that keeps it. */
export function chained(name: string, stores: Stores = ALL, more: Partial<LatchkeyOptions> = {}) {
  const latchkey = createLatchkey({
    strategy: tokenStrategy({ storage: storeChain(stores) }),
    allowedOrigins: ['self'],
    name,
    // A busy machine is no fault.
    storageTimeoutSeconds: 20,
    refresh: async () => ({ access_token: 'renewed', refresh_token: 'next' }),
    fetch: async ({ headers }) => new Response(headers.get('authorization')),
    ...more,
  })
  const sent = async () => (await latchkey.fetch('/')).text()
  return { latchkey, sent, ...listen(latchkey) }
}

/** Which token rests where, past the library and past any fault. */
export async function resting(name: string): Promise<Record<string, unknown>> {
  const key = `latchkey.token.${name}`
  const found = {
    indexedDB: await lookInDatabase(key),
    localStorage: localStorage.getItem(key),
    sessionStorage: sessionStorage.getItem(key),
  }
  const kept = Object.entries(found).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(kept.map(([store, value]) => [store, JSON.parse(String(value)).access_token]))
}
