import { expect, test } from 'vitest'
import { bearer, createLatchkey, defineStrategy, type Store } from '../../../src/index.js'

/** As JavaScript may have it: nothing in it is a promise. */
function withoutPromises(kept = new Map<string, string>()): Store {
  const store = {
    name: 'own',
    persistent: true,
    read: ({ key }: { key: string }) => kept.get(key),
    write: ({ key }: { key: string }, value: string) => void kept.set(key, value),
    erase: ({ key }: { key: string }) => void kept.delete(key),
  }
  return store as unknown as Store
}

/** As a class may have it: what it is, is asked for. */
class OfATab implements Store {
  readonly name = 'of-a-tab'
  get persistent(): boolean {
    return false
  }
  get perTab(): boolean {
    return true
  }
  async read(): Promise<undefined> {}
  async write(): Promise<void> {}
  async erase(): Promise<void> {}
}

const strategyOf = (store: Store) => defineStrategy({ name: 'own', store, placement: bearer() })

test('a store that answers at once, and not by a promise, keeps who is signed in', async () => {
  const store = withoutPromises()
  const open = () => createLatchkey({ strategy: strategyOf(store), allowedOrigins: ['https://api.example'] })
  await open().set({ access_token: 'token' })
  expect((await open().ready()).status).toBe('signed-in')
})

test('what a class says of its store by a getter is heard', () => {
  expect(strategyOf(new OfATab()).capabilities).toMatchObject({ persistent: false, perTab: true })
})
