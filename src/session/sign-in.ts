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

/** What was there when the server was asked. */
interface Begun {
  before: number
  generation: number
  checkClears: () => void
}

/** How a credential comes: by the app, or by what the server knows of its session. */
export interface SignIn<T> {
  set(token: T): Promise<void>
  begin(): Promise<Begun>
  /** Notes that the session is another user's now, unless anything was changed since, in any tab. */
  succeed(answer: T, begun: Begun): Promise<void>
  /** Notes a session that nobody had noted here, and resolves to its line. If another tab was faster, its note is taken. */
  discover(ask: () => Promise<T | null | undefined>): Promise<number | undefined>
}

export function createSignIn<T>(options: SignInOptions<T>): SignIn<T> {
  const { homes, now, fail, state, held, turn, isOther, adopt, find, transact, hint } = options
  const { clearsFromNow, touch } = options

  /** The line that a sign-in goes on with or begins; none if nobody knows yet what was there before. */
  const lineOf = (next: CredentialRecord, { ended }: Generation, generation: number) => {
    if (state().status === 'unknown') return undefined
    return (!ended && !isOther(next) && held()?.line) || generation
  }
  /** The HTTP cache holds what was answered to whoever was here before. */
  const cacheOf = (next: CredentialRecord, { generation }: Generation) => {
    const before = held()
    const isKnown = state().subject !== undefined || before?.access_token === next.access_token
    if (before && isKnown && !isOther(next)) return before.cache
    return before || generation > 0 ? 'no-store' : undefined
  }
  /** What the server says of its session is noted as a new sign-in; the session is there also where that fails. */
  const noted = async (received: CredentialRecord, known: Generation, write: Write) => {
    const generation = after(known, held(), now())
    const next = { ...received, generation, line: generation, cache: cacheOf(received, known) }
    const kept: Kept | undefined = await write({ generation }, next).catch((error) => ({
      place: because({ name: 'memory', persistent: false, perTab: true }, error, fail),
    }))
    hint(generation)
    return { ...next, ...kept }
  }
  const begin = async () => ({
    before: turn(),
    checkClears: clearsFromNow(),
    generation: (await transact((known) => known)).generation,
  })

  return {
    async set(token) {
      const checkClears = clearsFromNow()
      homes.receive(token, now())
      await transact(async (known, write) => {
        checkClears()
        const received = homes.receive(token, now())
        const generation = after(known, held(), now())
        const line = lineOf(received, known, generation)
        const next = { ...received, generation, line, cache: cacheOf(received, known) }
        const kept = await write({ generation }, next)
        hint(generation)
        checkClears()
        touch()
        adopt({ ...next, ...kept }, 'signed-in')
      })
    },
    begin,
    async discover(ask) {
      const { before, checkClears, generation } = await begin()
      const answer = await ask()
      if (!answer) return undefined
      return transact(async (known, write) => {
        checkClears()
        if (turn() !== before) return undefined
        const found = await find().catch(() => undefined)
        // Another tab has signed in or out meanwhile, and what was answered is from before.
        if (found) adopt(found, 'signed-in')
        if (found || known.generation !== generation) return undefined
        const next = await noted(homes.receive(answer, now()), known, write)
        checkClears()
        if (turn() !== before) return undefined
        touch()
        adopt(next, 'signed-in')
        return next.line
      })
    },
    async succeed(answer, { before, checkClears, generation }) {
      await transact(async (known, write) => {
        checkClears()
        if (turn() !== before || known.generation !== generation) return
        const next = await noted(homes.receive(answer, now()), known, write)
        checkClears()
        if (turn() === before) adopt(next, 'signed-in')
      })
    },
  }
}

/** The highest number there ever was: the time is in it, since the ledger may have been deleted. */
export function after({ generation }: Generation, last: CredentialRecord | undefined, now: number): number {
  return Math.floor(Math.max(generation + 1, numberOf(last) + 1, now))
}
