import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

type Stored = Map<string, AdapterPayload>

function adapter(stored: Stored): Adapter {
  return {
    upsert: async (id, payload) => void stored.set(id, payload),
    find: async (id) => stored.get(id),
    findByUid: async (uid) => [...stored.values()].find((payload) => payload.uid === uid),
    findByUserCode: async (code) => [...stored.values()].find(({ userCode }) => userCode === code),
    consume: async (id) => void stored.set(id, { ...stored.get(id), consumed: true }),
    destroy: async (id) => void stored.delete(id),
    async revokeByGrantId(grantId) {
      for (const [id, payload] of stored) if (payload.grantId === grantId) stored.delete(id)
    },
  }
}

/**
 * Keeps all that a provider stores until it is closed. The one that comes with it forgets the oldest of 1000
 * entries, and a long storm would lose its grant to that.
 */
export function adapters(): AdapterFactory {
  const stores = new Map<string, Adapter>()
  return (name) => {
    const store = stores.get(name) ?? adapter(new Map())
    stores.set(name, store)
    return store
  }
}
