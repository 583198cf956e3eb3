import { type Fail, LatchkeyError } from './errors.js'
import type { Ask, Claims, CredentialRecord, Probe } from './types.js'
import { inTime } from './unless-aborted.js'

/** What the ledger says; nothing else is read of it. */
interface Known {
  readonly generation: number
}

/** What is asked of the session whose server is asked. */
export interface Probed<T, W> {
  homes: {
    receive(token: T, now: number): CredentialRecord
  }
  ask: Ask
  now: () => number
  fail: Fail
  refreshTimeoutSeconds: number
  /** What asks the server, if it can be asked about what is held. */
  probe(): ((context: Parameters<Probe>[0]) => Promise<T | null | undefined>) | undefined
  held(): CredentialRecord | undefined
  change(): AbortSignal
  isOther(credential: CredentialRecord): boolean
  name(claims: Claims): void
  adopt(next: CredentialRecord, happened: 'signed-in', by?: 'other-tab'): void
  find(): Promise<CredentialRecord | undefined>
  transact<R>(use: (known: Known, write: W) => R | Promise<R>): Promise<R>
  /** Stores and notes a sign-in; where that fails it is in memory alone, since the session is there also then. */
  noted(token: T, known: Known, write: W, isServers: true): Promise<CredentialRecord>
  touch(): void
  /** Asks once more under the lock, for all tabs. */
  renew(canWait: boolean): Promise<void>
  /** Throws once nobody may change anything any more. */
  check(): void
  /** Throws once the credential was cleared, after that was called. */
  clearsFromNow(): () => void
}

/** What the server says of a session that the browser alone holds. */
export interface Probing {
  /** Looks for one that nobody has noted here. */
  discover(): Promise<void>
  /** Asks again what could not be known by the end of the start, unless anything has changed since then. */
  retry(since: AbortSignal | undefined): Promise<void>
  /** Asks whose the session is that is held; another user's is signed in. `false`: there is none any more. */
  identify(): Promise<boolean>
  /** Does so in the background, once for each sign-in, and ends it if there is none any more. */
  introduce(isSignIn: boolean): void
}

/** What is to be asked, and what follows from the answers. A strategy brings it along, so that no other one carries it. */
export function createProbing<T, W>(session: Probed<T, W>): Probing {
  const { homes, held, change, isOther, name, adopt, transact, renew, check, now } = session
  let introduced: number | undefined
  let signIns = 0
  let isDiscovering = false
  let isUnsure = true
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<boolean> | undefined

  /** Asks, and has what comes of it noted as a new sign-in, unless anything was changed since, in any tab. */
  const ask = async () => {
    const since = change()
    const checkClears = session.clearsFromNow()
    const { generation } = await transact((known) => known)
    const asked = async (signal: AbortSignal) => session.probe()?.({ fetch: session.ask, signal })
    const answer = await inTime(session.refreshTimeoutSeconds, asked).catch((cause) => {
      throw cause instanceof LatchkeyError ? cause : session.fail('ERR_REFRESH_FAILED', cause)
    })
    const signIn = (answer: T) =>
      transact(async (known, write) => {
        const found = held() ? undefined : await session.find().catch(() => undefined)
        checkClears()
        if (since.aborted) return undefined
        // Another tab has signed in or out meanwhile, and what was answered is from before.
        if (found) adopt(found, 'signed-in', 'other-tab')
        if (found || known.generation !== generation) return undefined
        const entered = await session.noted(answer, known, write, true)
        checkClears()
        if (since.aborted) return undefined
        session.touch()
        adopt(entered, 'signed-in')
        return entered.line
      })
    return { answer, signIn }
  }
  const identified = async () => {
    const [before, begunWith] = [held(), signIns]
    if (!session.probe() || !before) return true
    const { answer, signIn } = await ask()
    check()
    const current = held()
    if (answer === null) return current !== before
    // It may have been renewed meanwhile.
    if (!answer || !current || begunWith !== signIns || current.line !== before.line) return true
    const { claims } = homes.receive(answer, now())
    if (claims && isOther({ ...current, claims })) await signIn(answer)
    else if (claims && !current.claims) name(claims)
    return true
  }
  /** Whoever asks while a question runs wants to know what was not yet so when that was asked: they share the next one. */
  const identify = () => {
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        const asking = identified()
        running = asking
        return asking
      })
    return next
  }
  const introduce = async (isSignIn: boolean) => {
    const { line, claims } = held() ?? { claims: {} }
    if (isSignIn) introduced = undefined
    if (isSignIn) signIns += 1
    if (isDiscovering || claims || (line !== undefined && line === introduced)) return
    introduced = line
    if (!(await identify())) await renew(false)
  }
  const inBackground = (isSignIn: boolean) => {
    // It is asked again when the tab is seen again.
    introduce(isSignIn).catch(() => {
      introduced = undefined
    })
  }
  const discover = async () => {
    if (!session.probe()) return
    isDiscovering = isUnsure = true
    try {
      const { answer, signIn } = await ask()
      introduced = answer ? await signIn(answer) : undefined
      isUnsure = false
    } finally {
      isDiscovering = false
      inBackground(false)
    }
  }
  return {
    discover,
    async retry(since) {
      if (held()) inBackground(false)
      // Not after anything was cleared, in any tab.
      else if (isUnsure && since?.aborted === false) await discover()
    },
    identify,
    introduce: inBackground,
  }
}
