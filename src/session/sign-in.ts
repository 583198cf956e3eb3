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
  /** Throws once nobody may change anything any more. */
  check(): void
  touch(): void
}

/** How a credential comes, by the app or by what the server knows of its session, and how it goes. */
export interface SignIn<T> {
  set(token: T): Promise<void>
  /** Stores it and notes it as a new one. If it is the server's word, it is that of a new sign-in, and true also where it can't be stored. */
  noted(token: T, known: Generation, write: Write, isServers: boolean): Promise<CredentialRecord>
  end(ended: 'cleared' | 'idle'): Promise<void>
  /** What throws once the credential was cleared, after this was called. */
  clearsFromNow(): () => void
}

export function createSignIn<T>(options: SignInOptions<T>): SignIn<T> {
  const { homes, now, fail, state, held, isOther, adopt, transact, hint } = options
  let clears = 0
  const clearsFromNow = () => {
    const before = clears
    return () => {
      options.check()
      if (clears !== before) throw fail('ERR_SIGNED_OUT')
    }
  }

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
  const noted: SignIn<T>['noted'] = async (token, known, write, isServers) => {
    const received = homes.receive(token, now())
    const generation = after(known, held(), now())
    const line = isServers ? generation : lineOf(received, known, generation)
    const next = { ...received, generation, line, cache: cacheOf(received, known) }
    const kept: Kept | undefined = await write({ generation }, next).catch((error) => {
      if (!isServers) throw error
      return { place: because({ name: 'memory', persistent: false, perTab: true }, error, fail) }
    })
    hint(generation)
    return { ...next, ...kept }
  }
  return {
    noted,
    async set(token) {
      const checkClears = clearsFromNow()
      homes.receive(token, now())
      await transact(async (known, write) => {
        checkClears()
        const next = await noted(token, known, write, false)
        checkClears()
        options.touch()
        adopt(next, 'signed-in', 'this-tab')
      })
    },
    async end(ended) {
      const last = held()
      clears += 1
      options.forget(ended, 'this-tab')
      // At once, whatever IndexedDB does, and again when no other tab can write any more.
      const erased = options.erase().catch(() => {})
      await transact(async (known, write) => {
        await erased
        const generation = after(known, last, now())
        return write({ generation, ended }).finally(() => hint(generation))
      })
    },
    clearsFromNow,
  }
}

/** The highest number there ever was: the time is in it, since the ledger may have been deleted. */
function after({ generation }: Generation, last: CredentialRecord | undefined, now: number): number {
  return Math.floor(Math.max(generation + 1, numberOf(last) + 1, now))
}
