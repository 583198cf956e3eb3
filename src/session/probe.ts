import { type Fail, LatchkeyError } from '../errors.js'
import type { Ask } from '../types.js'
import { unlessAborted } from '../unless-aborted.js'
import type { Holder } from './held.js'
import type { Homes } from './homes.js'
import type { SignIn } from './sign-in.js'

export interface ProbeOptions<T> extends Pick<Holder, 'held' | 'adopt'>, Pick<SignIn<T>, 'discover'> {
  homes: Pick<Homes<T>, 'canProbe' | 'probe' | 'receive'>
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
export interface Probe {
  /** Looks for one that nobody has noted here. */
  discover(): Promise<void>
  /** Asks in the background whose the one is that is held, once for each sign-in, and whether it still lives. */
  identify(): unknown
}

export function createProbe<T>(options: ProbeOptions<T>): Probe {
  const { homes, ask, held, adopt, renew, check, now, fail, refreshTimeoutSeconds } = options
  let known: number | undefined
  let isBusy = false
  const asked = async () => {
    const signal = AbortSignal.timeout(refreshTimeoutSeconds * 1000)
    return unlessAborted(homes.probe({ fetch: ask, signal }), signal).catch((cause) => {
      throw cause instanceof LatchkeyError ? cause : fail('ERR_REFRESH_FAILED', cause)
    })
  }
  const identify = async () => {
    const before = held()
    if (!homes.canProbe() || isBusy || !before || before.claims || before.line === known) return
    known = before.line
    const answer = await asked()
    check()
    if (held() !== before) return
    if (answer === null) return renew(false)
    const claims = answer && homes.receive(answer, now()).claims
    if (claims) adopt({ ...before, claims }, 'refreshed')
  }
  // Who it is may be said by the next answer.
  const inBackground = () =>
    identify().catch(() => {
      known = undefined
    })
  return {
    async discover() {
      if (!homes.canProbe()) return
      isBusy = true
      try {
        known = await options.discover(asked)
      } finally {
        isBusy = false
        inBackground()
      }
    },
    identify: inBackground,
  }
}
