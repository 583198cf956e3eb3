import { describe, expect, test } from 'vitest'
import { tokenStrategy } from '../../src/index.js'
import { codeOf, settled } from '../shared/fixtures/events.js'
import { API, make } from './fault-fixtures.js'
import { ownName } from './fixtures.js'

type Factory = Partial<IDBFactory>

const request = (fire: (request: IDBOpenDBRequest) => void): IDBOpenDBRequest => {
  const made = new EventTarget() as IDBOpenDBRequest
  setTimeout(() => fire(made), 1)
  return made
}

const faults: Record<string, Factory> = {
  'is not there': { open: undefined as never },
  'throws when it is opened': {
    open: () => {
      throw new DOMException('blocked', 'SecurityError')
    },
  },
  'fails to open': {
    open: () =>
      request((made) => {
        Object.defineProperty(made, 'error', { value: new DOMException('broken', 'UnknownError') })
        made.onerror?.(new Event('error'))
      }),
  },
  'has no such object store': {
    open: () =>
      request((made) => {
        const transaction = () => {
          throw new DOMException('One of the specified object stores was not found.', 'NotFoundError')
        }
        Object.defineProperty(made, 'result', { value: { transaction, close: () => {} } })
        made.onsuccess?.(new Event('success'))
      }),
  },
  'has a connection that is closing': {
    open: () =>
      request((made) => {
        const transaction = () => {
          throw new DOMException('The database connection is closing.', 'InvalidStateError')
        }
        Object.defineProperty(made, 'result', { value: { transaction, close: () => {} } })
        made.onsuccess?.(new Event('success'))
      }),
  },
}

describe.for(Object.entries(faults))('where IndexedDB %s', ([, fault]) => {
  test('the start is a signed-out one with one typed event, and set says so', async () => {
    const { latchkey, events } = make({ strategy: tokenStrategy(), indexedDB: fault as IDBFactory })
    expect((await latchkey.ready()).status).toBe('signed-out')
    await settled()
    expect(events.filter(({ type }) => type === 'signed-out')).toMatchObject([
      { error: { name: 'LatchkeyError', strategy: 'token' } },
    ])
    expect(await codeOf(latchkey.set({ access_token: 'a' }))).toMatch(/^ERR_STORAGE_/)
    expect((await latchkey.fetch(API)).ok).toBe(true)
  })
})

test('where IndexedDB never answers, every call is over within its time', async () => {
  const open = () => new EventTarget() as IDBOpenDBRequest
  const { latchkey, events } = make({
    strategy: tokenStrategy(),
    indexedDB: { open } as Factory as IDBFactory,
  })
  const start = performance.now()
  expect((await latchkey.ready()).status).toBe('signed-out')
  expect(await codeOf(latchkey.set({ access_token: 'a' }))).toBe('ERR_STORAGE_FAILED')
  expect(await codeOf(latchkey.clear())).toBe('ERR_STORAGE_FAILED')
  expect(performance.now() - start).toBeLessThan(3000)
  expect(events.find(({ type }) => type === 'signed-out')).toMatchObject({
    error: { code: 'ERR_STORAGE_FAILED' },
  })
})

test('a write that was given up does not come true later', async () => {
  const name = ownName()
  const slow: Factory = {
    open: (...given) => {
      const real = indexedDB.open(...given)
      return new Proxy(real, {
        get: (target, key) => Reflect.get(target, key),
        set: (target, key, value) => {
          const late = (event: Event) => void setTimeout(() => value.call(target, event), 150)
          return Reflect.set(target, key, key === 'onsuccess' ? late : value)
        },
      })
    },
  }
  const options = { strategy: tokenStrategy(), name }
  const { latchkey } = make({ ...options, storageTimeoutSeconds: 0.05, indexedDB: slow as IDBFactory })
  expect(await codeOf(latchkey.set({ access_token: 'late' }))).toBe('ERR_STORAGE_FAILED')
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect((await make(options).latchkey.ready()).status).toBe('signed-out')
})

/** Keeps all others out of the credentials until it is called. */
async function occupied(): Promise<() => void> {
  const opening = indexedDB.open('latchkey.credentials')
  const { result } = await new Promise<IDBOpenDBRequest>((resolve) => {
    opening.onsuccess = () => resolve(opening)
  })
  const records = result.transaction('credentials', 'readwrite').objectStore('credentials')
  let isOver = false
  const stay = () => {
    if (!isOver) records.get('').onsuccess = stay
  }
  stay()
  result.close()
  return () => {
    isOver = true
  }
}

test('nor does one that was given up while another tab was writing', async () => {
  const options = { strategy: tokenStrategy(), name: ownName() }
  const { latchkey } = make({ ...options, storageTimeoutSeconds: 0.3 })
  await latchkey.set({ access_token: 'first' })
  const leave = await occupied()
  expect(await codeOf(latchkey.set({ access_token: 'late' }))).toBe('ERR_STORAGE_FAILED')
  leave()
  const next = make(options).latchkey
  await next.ready()
  expect(await next.fingerprint()).toBe(await latchkey.fingerprint())
})

test('after a fault is over, the next call works: nothing is remembered as broken', async () => {
  let broken = true
  const factory: Factory = {
    open: (...given) => {
      if (broken) throw new DOMException('blocked', 'UnknownError')
      return indexedDB.open(...given)
    },
  }
  const { latchkey } = make({ strategy: tokenStrategy(), indexedDB: factory as IDBFactory })
  await latchkey.ready()
  broken = false
  await latchkey.set({ access_token: 'a' })
  expect(latchkey.state.status).toBe('signed-in')
  await latchkey.clear()
})

test('another page’s upgrade or deletion of the database is not blocked by an instance', async () => {
  const { latchkey } = make({ strategy: tokenStrategy() })
  await latchkey.set({ access_token: 'a' })
  const deleted = new Promise((resolve, reject) => {
    const asked = indexedDB.deleteDatabase('latchkey.credentials')
    asked.onsuccess = () => resolve('deleted')
    asked.onblocked = () => reject(new Error('blocked'))
  })
  expect(await deleted).toBe('deleted')
  await latchkey.set({ access_token: 'b' })
  expect(latchkey.state.status).toBe('signed-in')
  await latchkey.clear()
})
