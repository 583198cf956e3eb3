import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import * as source from '../../../src/index.js'
import { mustBeBuilt, root } from '../../package/pack.js'
import { ownServer } from '../fixtures/own-server.js'
import { tally } from '../tally.js'

type Library = typeof source

const CLIENTS = 100
const built = pathToFileURL(join(root, 'dist/esm/index.js')).href
const importBuilt = (): Promise<Library> => import(/* @vite-ignore */ built)
const pause = () => new Promise((resume) => setTimeout(resume, Math.random() * 10))
const shuffled = <T>(all: readonly T[]) =>
  all
    .map((one) => [Math.random(), one] as const)
    .sort(([one], [other]) => one - other)
    .map(([, one]) => one)

beforeAll(mustBeBuilt)

/** One user's request to a server-rendered page: a client of its own, that asks this and that. */
async function serve(library: Library, strategy: source.Strategy, origin: string, client: string) {
  const latchkey = library.createLatchkey({
    strategy,
    allowedOrigins: [origin],
    refresh: async ({ credential }) => ({ access_token: `${credential.access_token}-renewed` }),
  })
  await pause()
  // Before its own sign-in: there is nobody's credential to send.
  await latchkey.fetch(`${origin}/${client}/before`)
  await pause()
  await latchkey.set({ access_token: `token-of-${client}` })
  for (const kind of shuffled(['one', 'two', 'refused'])) {
    await pause()
    await latchkey.fetch(`${origin}/${client}/${kind}`)
  }
  if (Math.random() < 0.5) await latchkey.clear()
  latchkey.dispose()
}

/** What the advisory’s code does: the user of the request in a variable of the module. */
async function serveByModule(ask: (token: string) => unknown, client: string, shared: { token: string }) {
  shared.token = `token-of-${client}`
  await pause()
  ask(shared.token)
}

const libraries: Record<string, () => Promise<Library>> = {
  'from source': async () => source,
  'as it is built': importBuilt,
}
const strategies: Record<string, (library: Library) => () => source.Strategy> = {
  'a strategy each': (library) => () => library.memoryStrategy(),
  'one strategy for all': (library) => {
    const strategy = library.memoryStrategy()
    return () => strategy
  },
  'one chain of stores for all, of which a server has the last': (library) => {
    const strategy = library.tokenStrategy({ storage: library.storeChain(['indexedDB', 'local', 'memory']) })
    return () => strategy
  },
}

describe.for(Object.entries(libraries))('a hundred clients in one process, %s', ([, load]) => {
  test.for(Object.entries(strategies))(
    'CVE-2025-59052, GHSA-68x2-mx4q-78m7: each send their own user’s credential alone, %s',
    { timeout: 60_000 },
    async ([, make], context) => {
      const attacked = tally(context, 'server-side')
      const [library, { origin, asked }] = [await load(), await ownServer()]
      const [strategyOf, shared] = [make(library), { token: '' }]
      const clients = Array.from({ length: CLIENTS }, (_, number) => `client${number}`)
      const confused = new Set<string>()
      const ends = await Promise.allSettled(
        clients.flatMap((client) => [
          serve(library, strategyOf(), origin, client),
          serveByModule((token) => token === `token-of-${client}` || confused.add(client), client, shared),
        ]),
      )
      const wrong = asked.filter(({ client, kind, authorization }) => {
        const isOwn = (authorization ?? '').replace(/-renewed$/, '') === `Bearer token-of-${client}`
        const leaked = kind === 'before' ? authorization !== undefined : !isOwn
        attacked({ leaked, nativeWouldLeak: confused.has(client) })
        return leaked
      })
      expect(wrong).toEqual([])
      expect(ends.filter(({ status }) => status === 'rejected')).toEqual([])
      // One more of each for the 401.
      expect(asked.length).toBe(CLIENTS * 5)
      expect(confused.size).toBeGreaterThan(CLIENTS / 2)
    },
  )
})

test.for(Object.entries(libraries))(
  'what is imported once more has nothing of the first import: %s',
  async ([, load], context) => {
    const attacked = tally(context, 'server-side')
    const { origin, asked } = await ownServer()
    const first = await load()
    const options = { allowedOrigins: [origin], name: 'the same' }
    const latchkey = first.createLatchkey({ strategy: first.memoryStrategy(), ...options })
    await latchkey.set({ access_token: 'token-of-first' })
    const second = await load()
    const other = second.createLatchkey({ strategy: second.memoryStrategy(), ...options })
    expect((await other.ready()).status).toBe('signed-out')
    await other.fetch(`${origin}/second/one`)
    const [{ authorization } = { authorization: 'nothing came' }] = asked
    attacked({ leaked: authorization !== undefined, nativeWouldLeak: false })
    expect(authorization).toBeUndefined()
  },
)
