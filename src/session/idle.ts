import { answerOf, inTransaction } from '../database.js'
import { own } from '../options.js'
import type { CredentialRecord, StrategyContext } from '../types.js'
import { inTime } from '../unless-aborted.js'
import { TOLERANCE_MS } from './clock.js'
import { numberOf } from './held.js'
import type { StateHolder } from './state.js'
import type { Tabs } from './tabs.js'

export interface IdleOptions
  extends Pick<StrategyContext, 'key' | 'indexedDB'>,
    Pick<StateHolder, 'tell'>,
    Pick<Tabs, 'isLeaving'> {
  idleTimeoutSeconds: number
  storageTimeoutSeconds: number
  now: () => number
  held: () => CredentialRecord | undefined
  /** Called when the other tabs should look again. */
  onActive: () => void
  /** Called when it is over. */
  onIdle: () => Promise<void>
}

/** How long nothing was sent with the credential, in any tab. Its time is stored, so neither sleep nor a reload stretches it. */
export interface Idle {
  /** Something is sent now. */
  touch(): void
  /** Another tab has said something, and no more is known of what it does. */
  heard(): void
  /** Whether it is too long, as far as this tab knows. */
  isOver(): boolean
  /** Milliseconds until there is something to warn of or to end; infinite if nobody is signed in, or there is no limit. */
  msLeft(): number
  /** Looks what this and other tabs have stored. */
  look(found?: CredentialRecord): Promise<void>
  /** The same, and then warns or ends it if it is time. */
  check(): Promise<void>
}

export function createIdle(options: IdleOptions): Idle {
  const { key, indexedDB, storageTimeoutSeconds, idleTimeoutSeconds } = options
  const { now, held, tell, isLeaving, onActive, onIdle } = options
  const limitMs = idleTimeoutSeconds * 1000
  const isLimited = limitMs < Infinity
  const warningMs = Math.min(WARNING_MS, limitMs / 2)
  // What is younger than that need not be stored again, and is counted to the idle tab's favour.
  const periodMs = Math.min(PERIOD_MS, limitMs / 20)
  let [activeAt, storedAt] = [0, 0]
  let isTold = false

  const record = [key, 'active']
  const at = { key, indexedDB, timeoutSeconds: storageTimeoutSeconds }
  // In all of the time there is: a database that is slow to open must not end a session that is used in another tab.
  const inRecord = <R>(mode: IDBTransactionMode, use: (records: IDBObjectStore) => IDBRequest<R>) =>
    inTime(storageTimeoutSeconds, (signal) =>
      inTransaction('generations', mode, own({ ...at, signal }), (records) => answerOf(use(records))),
    )
  const left = () => {
    // The clock was set back.
    activeAt = Math.min(activeAt, now())
    return activeAt + limitMs - now()
  }
  const beActive = (at = now()) => {
    activeAt = at
    if (isTold) tell({ type: 'active' })
    isTold = false
  }
  const touch = () => {
    if (!isLimited) return
    const wasTold = isTold
    beActive()
    if (Math.abs(activeAt - storedAt) < periodMs) return
    storedAt = activeAt
    const noted = inRecord('readwrite', (records) => records.put(activeAt, record))
    // Where nothing can be stored, to say something is all there is.
    noted.then(() => wasTold && onActive(), onActive)
  }
  const look = async (found = held()) => {
    if (left() > warningMs) return
    const noted = inRecord('readonly', (records) => records.get(record))
    // What can't be known at the start is no reason to end it.
    const at = Number(await noted.catch(() => activeAt || now()))
    // Nobody knows, so it begins now.
    if (!activeAt && !at) return touch()
    const isNews = (at: number) => at > activeAt && at < now() + TOLERANCE_MS
    if (isNews(at)) beActive(at + periodMs)
    // A sign-in is activity, and its number is the time it came.
    if (isNews(numberOf(found))) beActive(numberOf(found))
    if (!activeAt) touch()
  }
  return {
    touch,
    heard: () => beActive(),
    isOver: () => isLimited && left() <= 0,
    msLeft() {
      if (held()) return left() - (isTold ? 0 : warningMs)
      isTold = false
      return Infinity
    },
    look,
    async check() {
      await look()
      if (!held() || isLeaving()) return
      if (left() <= 0) await onIdle()
      else if (left() <= warningMs && !isTold) {
        isTold = true
        tell({ type: 'going-idle', secondsLeft: Math.ceil(left() / 1000) })
      }
    },
  }
}

const WARNING_MS = 60_000
const PERIOD_MS = 1000
