import type { Listener } from '../../src/index.js'
import type { Opened, Way } from './way.js'

/** A way with the latchkey that is open for it now. */
export interface Keeper extends Opened {
  readonly way: Way
  /** Puts a new latchkey in the place of the old one, as a reload of the page would. */
  reopen(options: { refresh: boolean }): Promise<void>
}

export function createKeeper(way: Way, listener: Listener): Keeper {
  let opened = way.open({ refresh: way.isRefreshable })
  opened.latchkey.subscribe(listener)
  return {
    way,
    get latchkey() {
      return opened.latchkey
    },
    keep: (answer) => opened.keep(answer),
    async reopen(options) {
      opened.latchkey.dispose()
      opened = way.open(options)
      opened.latchkey.subscribe(listener)
      await opened.latchkey.ready()
    },
  }
}
