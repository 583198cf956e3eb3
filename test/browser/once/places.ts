import { shownCookie, writeCookie } from '../fixtures.js'

/** Where a credential can rest, and in `ledger` what the tabs know of it. */
export type Place = 'local' | 'session' | 'indexedDB' | 'cookie' | 'ledger'

/** What lies in a place under a key; a cookie's key is its name. */
export type Lying = readonly [place: Place, key: string, value: unknown]

const settled = <R>(request: IDBRequest<R>): Promise<R> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function withRecords<R>(place: Place, use: (records: IDBObjectStore) => Promise<R>): Promise<R> {
  const name = place === 'ledger' ? 'generations' : 'credentials'
  const request = indexedDB.open(`latchkey.${name}`)
  request.onupgradeneeded = () => request.result.createObjectStore(name)
  const database = await settled(request)
  try {
    const transaction = database.transaction(name, 'readwrite')
    const result = await use(transaction.objectStore(name))
    await new Promise((done) => {
      transaction.oncomplete = done
    })
    return result
  } finally {
    database.close()
  }
}

const storages = { local: localStorage, session: sessionStorage }

async function recordsOf(place: Place, part: string): Promise<Lying[]> {
  const all = await withRecords(place, async (records) => {
    const [keys, values] = [settled(records.getAllKeys()), settled(records.getAll())]
    return (await keys).map((key, index) => [key, index, values] as const)
  })
  const found = all.filter(([key]) => `${key}`.includes(part))
  return Promise.all(
    found.map(async ([key, index, values]) => [place, `${key}`, (await values)[index]] as const),
  )
}

/** All that lies anywhere under a key that holds such a part, or in the cookie of that name. */
export async function lying(part: string, cookie = part): Promise<Lying[]> {
  const web = (['local', 'session'] as const).flatMap((place) =>
    Object.entries<string>(storages[place])
      .filter(([key]) => key.includes(part))
      .map(([key, value]) => [place, key, value] as const),
  )
  const pair = shownCookie(cookie)
  const cookies: Lying[] = pair ? [['cookie', cookie, pair.slice(cookie.length + 1)]] : []
  return [...web, ...cookies, ...(await recordsOf('indexedDB', part)), ...(await recordsOf('ledger', part))]
}

/** Puts something where it lay; `undefined` takes it away. */
export async function lay(all: readonly Lying[]): Promise<void> {
  for (const [place, key, value] of all) {
    if (place === 'cookie')
      writeCookie(`${key}=${value ?? ''}; path=/${value === undefined ? '; max-age=0' : ''}`)
    else if (place === 'indexedDB' || place === 'ledger')
      await withRecords(place, async (records) => {
        if (value === undefined) await settled(records.delete(key))
        else await settled(records.put(value, key))
      })
    else if (value === undefined) storages[place].removeItem(key)
    else storages[place].setItem(key, String(value))
  }
}

/** Takes away all that lies under such a key. */
export async function tidy(part: string, cookie = part): Promise<void> {
  await lay((await lying(part, cookie)).map(([place, key]) => [place, key, undefined]))
}
