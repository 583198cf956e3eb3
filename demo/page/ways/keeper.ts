import type { Inspected } from '../../../src/clients/inspector/index.js'
import type { Listener } from '../../../src/index.js'
import type { Opened, Way } from './way.js'

/** A way with the latchkey that is open for it now. */
export interface Keeper extends Opened {
  readonly way: Way
  /** What an inspector follows, through every latchkey that is opened. */
  readonly inspected: Inspected
  /** Puts a new latchkey in the place of the old one, as a reload of the page would. */
  reopen(options: { refresh: boolean }): Promise<void>
}

type Follower = Parameters<Inspected['subscribe']>

export function createKeeper(way: Way, listener: Listener): Keeper {
  let opened = way.open({ refresh: way.isRefreshable })
  const followers = new Map<Follower, () => void>()
  const follow = (follower: Follower) => followers.set(follower, opened.latchkey.subscribe(...follower))
  follow([listener])
  return {
    way,
    get latchkey() {
      return opened.latchkey
    },
    inspected: {
      get state() {
        return opened.latchkey.state
      },
      fingerprint: () => opened.latchkey.fingerprint(),
      subscribe(...follower) {
        follow(follower)
        return () => {
          followers.get(follower)?.()
          followers.delete(follower)
        }
      },
    },
    keep: (answer) => opened.keep(answer),
    enter: (url, init) => opened.enter(url, init),
    async reopen(options) {
      opened.latchkey.dispose()
      opened = way.open(options)
      for (const follower of followers.keys()) follow(follower)
      await opened.latchkey.ready()
    },
  }
}
