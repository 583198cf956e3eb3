import { type Fail, LatchkeyError } from '../errors.js'
import type { Ask } from '../types.js'
import { unlessAborted } from '../unless-aborted.js'
import type { Holder } from './held.js'
import type { Homes } from './homes.js'
import type { SignIn } from './sign-in.js'

export interface ProbeOptions<T> extends Pick<Holder, 'held' | 'isOther' | 'name'>, SignIn<T> {
  homes: Pick<Homes<T>, 'canProbe' | 'probe' | 'receive'>
  ask: Ask
  refreshTimeoutSeconds: number
  now: () => number
  fail: Fail
  /** Asks once more under the lock, for all tabs. */
  renew: (canWait: boolean) => Promise<void>
  /** Throws once nobody may change anything any more. */
  check: () => void
  /** Throws once the credential was cleared, after that was called. */
  clearsFromNow(): () => void
}

/** What the server says of a session that the browser alone holds. */
export interface Probing {
  /** Looks for one that nobody has noted here. */
  discover(): Promise<void>
  /** Does it again where nothing could be known the last time, if nothing was cleared since. */
  retry(): Promise<void>
  /** Asks whose the session is that is held; another user's is signed in. `false`: there is none any more. */
  identify(): Promise<boolean>
  /** Does so in the background, once for each sign-in, and ends it if there is none any more. */
  introduce(isSignIn: boolean): void
}

export function createProbe<T>(options: ProbeOptions<T>): Probing {
  const { homes, ask, held, isOther, name, set, renew, check, clearsFromNow } = options
  const { fail, refreshTimeoutSeconds } = options
  let introduced: number | undefined
  let signIns = 0
  let isDiscovering = false
  let identifying: Promise<boolean> | undefined
  let checkUnsure: (() => void) | undefined

  const asked = async () => {
    const signal = AbortSignal.timeout(refreshTimeoutSeconds * 1000)
    return unlessAborted(homes.probe({ fetch: ask, signal }), signal).catch((cause) => {
      throw cause instanceof LatchkeyError ? cause : fail('ERR_REFRESH_FAILED', cause)
    })
  }
  const identified = async () => {
    const [before, begun] = [held(), signIns]
    const answer = await asked()
    check()
    const now = held()
    if (answer === null) return now !== before
    // It may have been renewed meanwhile.
    if (!answer || !now || begun !== signIns || now.line !== before?.line) return true
    const { claims } = homes.receive(answer, options.now())
    if (claims && isOther({ ...now, claims })) await set(answer)
    else if (claims && !now.claims) name(claims)
    return true
  }
  const identify = async () => {
    if (!homes.canProbe() || !held()) return true
    identifying ??= identified().finally(() => {
      identifying = undefined
    })
    return identifying
  }
  const introduce = async (isSignIn: boolean) => {
    const { line, claims } = held() ?? { claims: {} }
    if (isSignIn) introduced = undefined
    if (isSignIn) signIns += 1
    if (isDiscovering || claims || (line !== undefined && line === introduced)) return
    introduced = line
    if (!(await identify())) await renew(false)
  }
  const discover = async () => {
    if (!homes.canProbe()) return
    isDiscovering = true
    const checkClears = clearsFromNow()
    try {
      introduced = await options.discover(asked)
      checkUnsure = undefined
    } catch (error) {
      checkUnsure = checkClears
      throw error
    } finally {
      isDiscovering = false
      begin(false)
    }
  }
  const begin = (isSignIn: boolean) => {
    // What the next answer says is as good.
    introduce(isSignIn).catch(() => {
      introduced = undefined
    })
  }
  return {
    discover,
    async retry() {
      if (held() || !checkUnsure) return
      checkUnsure()
      await discover()
    },
    identify,
    introduce: begin,
  }
}
