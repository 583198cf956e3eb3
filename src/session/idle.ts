import { answerOf, inTransaction } from '../database.js'
import { own } from '../options.js'
import type { CredentialRecord, StrategyContext } from '../types.js'
import { unlessAborted } from '../unless-aborted.js'
import { LONGEST_MS, TOLERANCE_MS } from './clock.js'
import { numberOf } from './held.js'
import type { StateHolder } from './state.js'

export interface IdleOptions
  extends Pick<StrategyContext, 'key' | 'indexedDB'>,
    Pick<StateHolder, 'subscribe' | 'tell'> {
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
  /** Looks what this and other tabs have stored. */
  look(found?: CredentialRecord): Promise<void>
  /** The same, and then warns or ends it if it is time, and waits on if not. */
  check(): Promise<void>
  stop(): void
}

async function nothing(): Promise<void> {}

const NEVER: Idle = {
  touch() {},
  heard() {},
  isOver: () => false,
  look: nothing,
  check: nothing,
  stop() {},
}

export function createIdle(options: IdleOptions): Idle {
  const { key, indexedDB, idleTimeoutSeconds, storageTimeoutSeconds } = options
  const { now, held, tell, subscribe, onActive, onIdle } = options
  const limitMs = idleTimeoutSeconds * 1000
  if (limitMs === Number.POSITIVE_INFINITY) return NEVER
  const warningMs = Math.min(WARNING_MS, limitMs / 2)
  // What is younger than that need not be stored again, and is counted to the idle tab's favour.
  const periodMs = Math.min(PERIOD_MS, limitMs / 20)
  const record = [key, 'active']
  let [activeAt, storedAt] = [0, 0]
  let [isTold, isStopped] = [false, false]
  let timer: ReturnType<typeof setTimeout> | undefined

  const inRecord = <R>(mode: IDBTransactionMode, use: (records: IDBObjectStore) => IDBRequest<R>) => {
    const signal = AbortSignal.timeout(storageTimeoutSeconds * 1000)
    const done = inTransaction('generations', mode, own({ key, indexedDB, signal }), (records) =>
      answerOf(use(records)),
    )
    return unlessAborted(done, signal)
  }
  const left = () => {
    // The clock was set back.
    activeAt = Math.min(activeAt, now())
    return activeAt + limitMs - now()
  }
  const beActive = (at: number) => {
    activeAt = at
    if (isTold) tell({ type: 'active' })
    isTold = false
  }
  const arm = () => {
    clearTimeout(timer)
    if (!held()) isTold = false
    const ms = left() - (isTold ? 0 : warningMs)
    if (held() && !isStopped) timer = setTimeout(check, Math.min(Math.max(ms, 0), LONGEST_MS))
  }
  const touch = () => {
    const wasTold = isTold
    beActive(now())
    if (Math.abs(activeAt - storedAt) < periodMs) return
    storedAt = activeAt
    const stored = inRecord('readwrite', (records) => records.put(activeAt, record))
    // Where nothing can be stored, to say something is all there is.
    stored.then(() => wasTold && onActive(), onActive)
  }
  const look = async (found = held()) => {
    if (left() > warningMs) return
    // What can't be known at the start is no reason to end it.
    const stored = Number(
      await inRecord('readonly', (records) => records.get(record)).catch(() => activeAt || now()),
    )
    // Nobody knows, so it begins now.
    if (!activeAt && !stored) return touch()
    const isNews = (at: number) => at > activeAt && at < now() + TOLERANCE_MS
    if (isNews(stored)) beActive(stored + periodMs)
    // A sign-in is activity, and its number is the time it came.
    if (isNews(numberOf(found))) beActive(numberOf(found))
    if (!activeAt) touch()
  }
  const check = async () => {
    await look()
    if (!held() || isStopped) return
    if (left() <= 0) await onIdle()
    else if (left() <= warningMs && !isTold) {
      isTold = true
      tell({ type: 'going-idle', secondsLeft: Math.ceil(left() / 1000) })
    }
    arm()
  }
  const silence = subscribe(arm)
  return {
    touch,
    heard: () => beActive(now()),
    isOver: () => left() <= 0,
    look,
    check,
    stop() {
      isStopped = true
      silence()
      clearTimeout(timer)
    },
  }
}

const WARNING_MS = 60_000
const PERIOD_MS = 1000
