import { type Fail, LatchkeyError } from '../errors.js'
import type { CredentialRecord, Refresh } from '../types.js'
import { inTime } from '../unless-aborted.js'
import { pause } from './clock.js'
import { type Holder, numberOf } from './held.js'
import { because, type Kept } from './home.js'
import type { Homes } from './homes.js'
import type { Ledger, Write } from './ledger.js'
import type { Generation } from './record.js'
import type { Tabs } from './tabs.js'

export interface AttemptOptions<T> extends Holder, Ledger, Pick<Tabs, 'hint' | 'isLeaving'> {
  homes: Pick<Homes<T>, 'receive'>
  refresh: Refresh<T>
  refreshTimeoutSeconds: number
  now: () => number
  fetch: (request: Request) => Promise<Response>
  fail: Fail
}

/** Asks the server for a new credential and does what the answer says; or resolves to what is newer by then. */
export type Attempt = (spent: CredentialRecord, begun: Generation) => Promise<Generation | undefined>

export function createAttempt<T>(options: AttemptOptions<T>): Attempt {
  const { homes, refresh, fetch, now, fail, hint, isLeaving, held, isOther, adopt, forget, find } = options
  const { known, transact, refreshTimeoutSeconds } = options

  /** What a page has begun fails when it is left, some milliseconds before it is told so. */
  const isGoing = async () => {
    await pause(LEAVING_MS)
    return isLeaving()
  }
  /** One question, and one more if the network has lost the answer. */
  const answerTo = (spent: CredentialRecord, onLost: () => void) =>
    inTime(refreshTimeoutSeconds, (signal) => {
      const ask = async () => refresh({ credential: spent, signal, fetch, now })
      return ask().catch(async (error) => {
        // The one error that fetch has for networks (Fetch s. 5.6).
        if (!(error instanceof TypeError) || (await isGoing()) || signal.aborted) throw error
        onLost()
        return ask()
      })
    })
  /** An app's `subject` that throws must not keep a rotated token from being stored. */
  const isOthers = (received: CredentialRecord) => {
    try {
      return isOther(received)
    } catch {
      return false
    }
  }
  const replace = async (answer: T, spent: CredentialRecord, generation: number, write: Write) => {
    const received = homes.receive(answer, now(), spent)
    // RFC 6749 s. 6: a refresh token that the answer leaves out stays as it was.
    const refresh_token = received.refresh_token ?? spent.refresh_token
    const { line, cache } = isOthers(received) ? ({ line: generation, cache: 'no-store' } as const) : spent
    const next = { ...received, refresh_token, generation, line, cache }
    const kept: Kept | undefined = await write({ generation }, next).catch((error) => ({
      place: because({ name: 'memory', persistent: false, perTab: true }, error, fail),
    }))
    // In use even if it can't be stored, since the old one may be spent; found there again, it would be spent twice.
    if (held() === spent) adopt({ ...next, ...kept }, 'refreshed', 'this-tab')
    hint(generation)
    if (known().generation === generation) return
    // What the server has not spent is still good for the other tabs.
    const isSpent = refresh_token !== spent.refresh_token
    await write(isSpent ? { generation, ended: 'cleared' } : { generation: generation - 1 }).catch(() => {})
  }
  /** The server has ended the session of this credential; the store may have a newer one. */
  const end = async (spent: CredentialRecord, { generation, isLost }: Generation, write: Write) => {
    const found = await find().catch(() => spent)
    if (held() !== spent) return
    const isNewer = found && (found.access_token !== spent.access_token || numberOf(found) > generation)
    if (isNewer) {
      // Whoever wrote it need not keep the ledger.
      const newer = { ...found, generation: Math.max(numberOf(found), generation) }
      adopt(newer)
      await write({ generation: newer.generation })
      return
    }
    const ended = isLost ? 'rotation-outcome-unknown' : 'refresh-rejected'
    forget(ended, 'this-tab')
    await write({ generation: generation + 1, ended }).finally(() => hint(generation + 1))
  }

  return async (spent, begun) => {
    const { generation } = begun
    let { isLost } = begun
    // Set, cleared or renewed meanwhile, in any tab: then that stands.
    const settle = (use: (write: Write) => Promise<unknown>) =>
      transact(async (now, write) => {
        if (now.generation !== generation || held() !== spent) return now
        await use(write)
        return undefined
      })
    try {
      const answer = await answerTo(spent, () => {
        isLost = true
      })
      return await settle((write) => {
        if (answer === undefined) return write({ ...begun, begunAt: undefined })
        return answer === null
          ? end(spent, { generation, isLost }, write)
          : replace(answer, spent, generation + 1, write)
      })
    } catch (cause) {
      // What a page that is left has begun, the next one finds begun.
      if (cause instanceof TypeError && (await isGoing())) throw cause
      const retryAt = cause instanceof LatchkeyError ? cause.retryAt : undefined
      const failedAt = now()
      const waitMs = longer(begun.waitMs, Number(retryAt) - failedAt)
      // A server that says when to come again has refused this call, so it has spent nothing.
      isLost ||= !retryAt
      const newer = await settle((write) => write({ generation, isLost, failedAt, waitMs }))
      if (newer) return newer
      throw fail('ERR_REFRESH_FAILED', cause, failedAt + waitMs)
    }
  }
}

const LEAVING_MS = 100
const SHORTEST_MS = 250
const DOUBLED_UP_TO_MS = 32_000
const LONGEST_MS = 86_400_000

/**
 * How long to wait after one more failure: at first about half a second, then twice as long each time, a quarter of
 * it by chance, so that what failed for all is not asked by all at once; or as long as the server says, up to a day.
 */
function longer(before = SHORTEST_MS, said: number): number {
  const wait = Math.min(before * 2, DOUBLED_UP_TO_MS) * (0.75 + Math.random() / 4)
  return Math.min(Math.max(said || 0, wait), LONGEST_MS)
}
