import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { ownName } from '../fixtures.js'
import * as database from './broken-indexed-db.js'
import * as web from './broken-web-storage.js'
import type { Bring } from './cell.js'
import { ALL, chained, resting } from './chain.js'
import { tidyUp } from './places.js'
import type { Over } from './swap.js'
import { heard } from './unheard.js'

const both =
  (...brings: Bring[]): Bring =>
  async (name) => {
    const overs: Over[] = []
    for (const bring of brings) overs.push(await bring(name))
    return () => Promise.all(overs.map((over) => over()))
  }

const DATABASE = { name: 'indexedDB', persistent: true }
const LOCAL = { name: 'localStorage', persistent: true }
const SESSION = { name: 'sessionStorage', persistent: false, perTab: true }
const MEMORY = { name: 'memory', persistent: false, perTab: true }

/** What is wrong, and where a credential rests then that may be in IndexedDB, localStorage, sessionStorage or memory. */
const table: Record<string, readonly [Bring, typeof DATABASE]> = {
  'nothing at all': [() => () => {}, DATABASE],
  'IndexedDB is missing': [database.missing, LOCAL],
  'IndexedDB throws on touch': [database.untouchable, LOCAL],
  'IndexedDB throws when it is opened': [database.unopenable, LOCAL],
  'IndexedDB never answers': [database.silent, LOCAL],
  'IndexedDB closes each connection': [database.closed, LOCAL],
  'IndexedDB aborts each transaction': [database.aborted, LOCAL],
  'IndexedDB throws a DataCloneError on write': [database.readOnly, LOCAL],
  'IndexedDB is full': [database.full, LOCAL],
  'the schema is half made': [database.halfMade(1), DATABASE],
  'the schema is half made at a higher version': [database.halfMade(7), DATABASE],
  'localStorage alone is blocked': [web.untouchable('localStorage'), DATABASE],
  'IndexedDB is missing and localStorage is full': [
    both(database.missing, web.full('localStorage')),
    SESSION,
  ],
  'IndexedDB and localStorage are blocked': [
    both(database.untouchable, web.untouchable('localStorage')),
    SESSION,
  ],
  'all site data is blocked': [
    both(database.untouchable, web.untouchable('localStorage'), web.untouchable('sessionStorage')),
    MEMORY,
  ],
}

beforeEach(tidyUp)
afterEach(tidyUp)

describe.for(Object.entries(table))('where %s', ([, [bring, place]]) => {
  const more = bring === database.silent ? { storageTimeoutSeconds: 2 } : {}
  test(`a sign-in rests in ${place.name}, is sent, renewed and found again`, {
    timeout: 30_000,
  }, async () => {
    const name = ownName()
    const over = await bring(name)
    try {
      const { latchkey, events, sent } = chained(name, ALL, more)
      expect((await latchkey.ready()).status).toBe('signed-out')
      const begun = performance.now()
      await latchkey.set({ access_token: 'new', refresh_token: 'rt' })
      expect(performance.now() - begun).toBeLessThan(3000)
      expect(latchkey.state).toMatchObject({
        status: 'signed-in',
        persistent: place.persistent,
        storage: place,
      })
      expect(await sent()).toBe('Bearer new')
      expect(await resting(name)).toEqual(place === MEMORY ? {} : { [place.name]: 'new' })
      await latchkey.refresh()
      expect(latchkey.state).toMatchObject({ status: 'signed-in', storage: place })
      await settled()
      const fallbacks = events.filter(({ type }) => type === 'storage-fallback')
      const told = fallbacks.map((event) => 'storage' in event && event.storage.name)
      // A start may tell of one that can be read and then not written.
      expect(told.at(-1)).toBe(place === DATABASE ? undefined : place.name)
      expect(told).toEqual([...new Set(told)])
      expect(latchkey.state.storage.error?.name).toBe(place === DATABASE ? undefined : 'LatchkeyError')
      const again = chained(name, ALL, more)
      const { status } = await again.latchkey.ready()
      expect([status, await again.sent()]).toEqual(
        place === MEMORY ? ['signed-out', ''] : ['signed-in', 'Bearer renewed'],
      )
      // It rejects where it can't be known that nothing is left.
      expect(await codeOf(again.latchkey.clear())).toMatch(/^(fulfilled|ERR_STORAGE_FAILED)$/)
      expect(await resting(name)).toEqual({})
    } finally {
      await over()
    }
    expect(await heard()).toEqual([])
  })
})
