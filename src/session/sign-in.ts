import type { Fail } from '../errors.js'
import type { CredentialRecord } from '../types.js'
import { type Holder, numberOf } from './held.js'
import { because, type Kept } from './home.js'
import type { Homes } from './homes.js'
import type { Ledger, Write } from './ledger.js'
import type { Generation } from './record.js'
import type { StateHolder } from './state.js'
import type { Tabs } from './tabs.js'

export interface SignInOptions<T> extends Holder, Ledger, Pick<StateHolder, 'state'>, Pick<Tabs, 'hint'> {
  homes: Homes<T>
  now: () => number
  fail: Fail
  /** Throws once the credential was cleared, after that was called. */
  clearsFromNow(): () => void
  touch(): void
}

/** How a credential comes: by the app, or by what the server knows of its session. */
export interface SignIn<T> {
  set(token: T): Promise<void>
  /** Takes a session that nobody had noted here, and resolves to its line. If another tab was faster, its note is taken. */
  discover(ask: () => Promise<T | null | undefined>): Promise<number | undefined>
}

export function createSignIn<T>(options: SignInOptions<T>): SignIn<T> {
  const { homes, now, fail, state, held, turn, isOther, adopt, find, transact, hint } = options
  const { clearsFromNow, touch } = options

  /** The line that a sign-in goes on with or begins; none if nobody knows yet what was there before. */
  const lineOf = ({ ended }: Generation, generation: number) => {
    if (state().status === 'unknown') return undefined
    return (!ended && held()?.line) || generation
  }
  /** The HTTP cache holds what was answered to whoever was here before. */
  const cacheOf = (next: CredentialRecord, { generation }: Generation) => {
    const before = held()
    const isKnown = state().subject !== undefined || before?.access_token === next.access_token
    if (before && isKnown && !isOther(next)) return before.cache
    return before || generation > 0 ? 'no-store' : undefined
  }
  const inMemory = (error: unknown): Kept => ({
    place: because({ name: 'memory', persistent: false, perTab: true }, error, fail),
  })

  return {
    async set(token) {
      const checkClears = clearsFromNow()
      homes.receive(token, now())
      await transact(async (known, write) => {
        checkClears()
        const received = homes.receive(token, now())
        const generation = after(known, held(), now())
        const line = lineOf(known, generation)
        const next = { ...received, generation, line, cache: cacheOf(received, known) }
        const kept = await write({ generation }, next)
        hint(generation)
        checkClears()
        touch()
        adopt({ ...next, ...kept }, 'signed-in')
      })
    },
    async discover(ask) {
      const checkClears = clearsFromNow()
      const before = turn()
      const answer = await ask()
      if (!answer) return undefined
      const noted = async (known: Generation, write: Write) => {
        const received = homes.receive(answer, now())
        const found = await find().catch(() => undefined)
        if (found) return { ...found, claims: received.claims }
        const generation = after(known, undefined, now())
        const next = { ...received, generation, line: generation, cache: cacheOf(received, known) }
        // The session is there whether it can be noted or not.
        const kept = await write({ generation }, next).catch(inMemory)
        hint(generation)
        return { ...next, ...kept }
      }
      return transact(async (known, write) => {
        if (turn() !== before) return undefined
        const next = await noted(known, write)
        checkClears()
        if (turn() !== before) return undefined
        touch()
        adopt(next, 'signed-in')
        return next.line
      })
    },
  }
}

/** The highest number there ever was: the time is in it, since the ledger may have been deleted. */
export function after({ generation }: Generation, last: CredentialRecord | undefined, now: number): number {
  return Math.floor(Math.max(generation + 1, numberOf(last) + 1, now))
}
