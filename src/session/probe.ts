import { type Fail, LatchkeyError } from '../errors.js'
import type { Ask } from '../types.js'
import { unlessAborted } from '../unless-aborted.js'
import type { Holder } from './held.js'
import type { Homes } from './homes.js'
import type { SignIn } from './sign-in.js'

export interface ProbeOptions<T>
  extends Pick<Holder, 'held' | 'isOther' | 'name' | 'turn'>,
    Pick<SignIn<T>, 'begin' | 'succeed' | 'discover'> {
  homes: Pick<Homes<T>, 'probe' | 'receive'>
  canProbe: () => boolean
  ask: Ask
  refreshTimeoutSeconds: number
  now: () => number
  fail: Fail
  /** Asks once more under the lock, for all tabs. */
  renew: (canWait: boolean) => Promise<void>
  /** Throws once nobody may change anything any more. */
  check: () => void
}

/** What the server says of a session that the browser alone holds. */
export interface Probing {
  /** Looks for one that nobody has noted here. */
  discover(): Promise<void>
  /** The start is over: what it could not know is asked by `retry` until anything changes. */
  concluded(): void
  /** Asks again what could not be known. */
  retry(): Promise<void>
  /** Asks whose the session is that is held; another user's is signed in. `false`: there is none any more. */
  identify(): Promise<boolean>
  /** Does so in the background, once for each sign-in, and ends it if there is none any more. */
  introduce(isSignIn: boolean): void
}

export function createProbe<T>(options: ProbeOptions<T>): Probing {
  const { homes, canProbe, ask, held, isOther, name, turn, renew, check, begin, succeed } = options
  const { now, fail, refreshTimeoutSeconds } = options
  let introduced: number | undefined
  let signIns = 0
  let isDiscovering = false
  let isUnsure = false
  let unsureAt: number | undefined
  let running: Promise<boolean> | undefined
  let next: Promise<boolean> | undefined

  const asked = async () => {
    const signal = AbortSignal.timeout(refreshTimeoutSeconds * 1000)
    return unlessAborted(homes.probe({ fetch: ask, signal }), signal).catch((cause) => {
      throw cause instanceof LatchkeyError ? cause : fail('ERR_REFRESH_FAILED', cause)
    })
  }
  const identified = async () => {
    const [before, begunWith] = [held(), signIns]
    const begun = await begin()
    const answer = await asked()
    check()
    const current = held()
    if (answer === null) return current !== before
    // It may have been renewed meanwhile.
    if (!answer || !current || begunWith !== signIns || current.line !== before?.line) return true
    const { claims } = homes.receive(answer, now())
    if (claims && isOther({ ...current, claims })) await succeed(answer, begun)
    else if (claims && !current.claims) name(claims)
    return true
  }
  /** Whoever asks while a question runs wants to know what was not yet so when that was asked: they share the next one. */
  const identify = async (): Promise<boolean> => {
    if (!canProbe() || !held()) return true
    if (running) {
      next ??= running
        .catch(() => true)
        .then(() => {
          next = undefined
          return identify()
        })
      return next
    }
    running = identified().finally(() => {
      running = undefined
    })
    return running
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
    if (!canProbe()) return
    isDiscovering = isUnsure = true
    try {
      introduced = await options.discover(asked)
      isUnsure = false
    } finally {
      isDiscovering = false
      inBackground(false)
    }
  }
  return {
    discover,
    concluded() {
      unsureAt = turn()
    },
    async retry() {
      if (held()) inBackground(false)
      // Not after anything was cleared, in any tab.
      else if (isUnsure && unsureAt === turn()) await discover()
    },
    identify,
    introduce: inBackground,
  }
}
