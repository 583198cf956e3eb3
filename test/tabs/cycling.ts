import type {
  createLatchkey,
  Latchkey as Instance,
  LatchkeyState,
  Strategy,
  TokenResponse,
} from '../../src/index.js'

/** What a reader has seen while others signed in and out. */
export interface Read {
  /** Each mix of two sessions that it was shown, in words. */
  readonly mixes: readonly string[]
  /** How many users it saw signed in, and how many answers it got as one. */
  readonly seen: number
  readonly answers: number
}

/** The page's. */
declare const latchkey: Instance
declare const Latchkey: { createLatchkey: typeof createLatchkey }
declare const strategies: Record<string, () => Strategy>
declare const strategy: string

/** So much longer than its forerunner's lives each user's credential: a life tells whose it is. */
export const firstLifeSeconds = 10_000
export const moreSeconds = 100

// These run in the page, as text: they must refer to nothing of this module.

async function cycle(tokens: readonly TokenResponse[]) {
  for (const [n, token] of tokens.entries()) {
    await latchkey.set(token)
    if (n % 5 < 4) await latchkey.clear()
  }
  await latchkey.clear()
}

async function read(firstLife: number, more: number): Promise<Read> {
  const mixes: string[] = []
  const users = new Set<number>()
  let answers = 0
  const userOf = (sub: unknown) => Number(String(sub).split('-')[1])
  const userOfLife = ({ expiresAt = Number.NaN }: LatchkeyState) =>
    Math.round(((expiresAt - Date.now()) / 1000 - firstLife) / more)
  const userOfCookie = () => {
    const [, payload] = /(?:^|; )access=[^.;]*\.([^.;]*)/.exec(document.cookie) ?? []
    return payload && userOf(JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))).sub)
  }
  const mustBeOne = (what: string, all: unknown[]) => {
    if (new Set(all.filter((user) => user)).size > 1) mixes.push(`${what}: ${all}`)
  }
  const look = (what: string, { state }: Instance) => {
    const { subject, claims } = state
    mustBeOne(what, [userOfLife(state), userOf(subject), userOf(claims?.sub)])
    return userOfLife(state) || 0
  }
  /** Whoever the API takes this instance for: one whom its state showed between the call and the answer. */
  const ask = async (what: string, instance: Instance) => {
    let newest = 0
    const stop = instance.subscribe((_, { type }) => {
      newest = Math.max(newest, look(`${what} on ${type}`, instance))
    })
    const oldest = look(what, instance)
    const answer = await instance.fetch('/api/1').catch(() => undefined)
    const user = userOf((await answer?.json())?.sub)
    stop()
    if (!user) return
    answers++
    // The browser sends the cookie that is there by then.
    if (user < oldest || (user > newest && strategy !== 'cookie'))
      mixes.push(`${what}: ${user} is none of ${oldest} to ${newest}`)
  }
  const startAnew = async () => {
    const before = userOfCookie()
    const made = strategies[strategy]
    if (!made) return
    const instance = Latchkey.createLatchkey({ strategy: made(), allowedOrigins: ['self'] })
    await instance.ready()
    if (before === userOfCookie()) mustBeOne('the cookie and its rest', [before, look('a start', instance)])
    await ask('a new instance', instance)
    instance.dispose()
  }
  const asked: Promise<void>[] = []
  latchkey.subscribe((_, { type }) => {
    users.add(look(type, latchkey))
    if (type === 'signed-in' || type === 'user-changed') asked.push(ask(`the page after ${type}`, latchkey))
  })
  while (!('isOver' in globalThis)) {
    await ask('the page', latchkey)
    await startAnew()
  }
  await Promise.all(asked)
  users.delete(0)
  return { mixes, seen: users.size, answers }
}

/** An expression for a page: signs in with each of these, and out, but for each fifth, whom the next one takes the place of. */
export const cycling = (tokens: readonly TokenResponse[]) => `(${cycle})(${JSON.stringify(tokens)})`

/** An expression for a page: looks at everything that it is shown until `isOver`. */
export const reading = `(${read})(${firstLifeSeconds}, ${moreSeconds})`

/** An expression for a page: how much is stored, of all kinds. */
export const litter = `(async () => {
  const open = (name) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = reject
  })
  const count = (database, store) => new Promise((resolve) => {
    const request = database.transaction(store).objectStore(store).count()
    request.onsuccess = () => resolve(request.result)
  })
  const databases = await indexedDB.databases()
  const records = await Promise.all(databases.map(async ({ name }) => {
    const database = await open(name)
    const counts = await Promise.all([...database.objectStoreNames].map((store) => count(database, store)))
    database.close()
    return [name, counts.reduce((all, one) => all + one, 0)]
  }))
  const cookies = document.cookie.split('; ').map((pair) => pair.split('=')[0])
  return { keys: Object.keys(localStorage).sort(), records: records.sort(), cookies: cookies.sort() }
})()`
