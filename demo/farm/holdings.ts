import { type Redis, unavailable } from '../server/redis.js'

/** An entry of Redis. */
export interface Holding {
  /** Without the rest of what names a session: who has that is halfway in. */
  readonly key: string
  readonly value: string
  readonly endsInSeconds: number
}

const MOST = 50

/** What the farm's servers keep in Redis, or the first of it. */
export async function holdings(redis: Redis): Promise<Holding[]> {
  // A scan may name a key twice.
  const keys = new Set<string>()
  try {
    for await (const some of redis.scanIterator({ MATCH: 'latchkey-demo*', COUNT: 500 }))
      for (const key of some) keys.add(key)
    return await Promise.all([...keys].sort().slice(0, MOST).map(holding))
  } catch (error) {
    throw unavailable(error)
  }

  async function holding(key: string): Promise<Holding> {
    const [value, endsInSeconds] = await Promise.all([redis.get(key), redis.ttl(key)])
    return { key: shortened(key), value: value ?? '', endsInSeconds }
  }
}

function shortened(key: string): string {
  return key.replace(/[\w-]{16,}$/, (id) => `${id.slice(0, 6)}…`)
}
