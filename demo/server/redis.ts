import { createClient } from 'redis'
import type { Ending } from './expiring.js'
import type { Kept } from './kept.js'
import { Refusal } from './refusal.js'

export type Redis = Awaited<ReturnType<typeof connect>>

/** A Redis that is not there at the start is a mistake to report; one that goes away later may come back. */
export async function connect(url: string) {
  let wasThere = false
  const reconnectStrategy = (retries: number) => (wasThere ? Math.min(retries * 100, 2_000) : false)
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy } })
  client.on('error', (error) => wasThere && console.error(`Redis: ${error}`))
  await client.connect().catch((error) => {
    throw new Error(`REDIS_URL can not be reached: ${error}`)
  })
  wasThere = true
  return client
}

/** Each value as JSON in a key of its own, which Redis ends. */
export function keptInRedis<V>(redis: Redis, prefix: string, lifeSeconds: number): Kept<V> {
  const expiration = { type: 'EX', value: lifeSeconds } as const
  const put = (key: string, value: V, condition?: 'NX') =>
    redis.set(prefix + key, JSON.stringify(value), { expiration, ...(condition && { condition }) })
  return {
    where: 'redis',
    get: async (key) => read<V>(await redis.get(prefix + key).catch(fail)),
    set: async (key, value) => void (await put(key, value).catch(fail)),
    add: async (key, value) => (await put(key, value, 'NX').catch(fail)) !== null,
    renew: async (key) => (await redis.expire(prefix + key, lifeSeconds).catch(fail)) === 1,
    delete: async (key) => void (await redis.del(prefix + key).catch(fail)),
    all: () => allIn(redis, prefix),
  }
}

/** Whatever has that prefix: what ends first comes first. */
export function allIn<V>(redis: Redis, prefix: string): Promise<Ending<V>[]> {
  return scan<V>(redis, prefix).catch(fail)
}

async function scan<V>(redis: Redis, prefix: string): Promise<Ending<V>[]> {
  // A scan may name a key twice.
  const keys = new Set<string>()
  for await (const some of redis.scanIterator({ MATCH: `${prefix}*` })) for (const key of some) keys.add(key)
  const found = await Promise.all(
    [...keys].map(async (key) => {
      const [value, lifeMs] = await Promise.all([redis.get(key), redis.pTTL(key)])
      return { key: key.slice(prefix.length), value: read<V>(value), endsAt: Date.now() + lifeMs }
    }),
  )
  return found
    .flatMap(({ value, ...rest }) => (value === undefined ? [] : [{ ...rest, value }]))
    .sort((one, other) => one.endsAt - other.endsAt)
}

function read<V>(text: string | null): V | undefined {
  return text === null ? undefined : JSON.parse(text)
}

/** That nobody could look is no answer: who is told that a token is unknown throws it away. */
export function unavailable(error: unknown): Refusal {
  console.error(`The store failed: ${error}`)
  return new Refusal(503, 'store_unavailable', 'What the server keeps can not be reached')
}

function fail(error: unknown): never {
  throw unavailable(error)
}
