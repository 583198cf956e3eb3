import type { LatchkeyState } from '../types.js'

/**
 * What a page is rendered with where nothing can be known: on a server, and in the browser until what came from there
 * has been taken over. One object for all, so that no user's state gets into it.
 */
export const unknownState: LatchkeyState = Object.freeze({
  status: 'unknown',
  strategy: 'unknown',
  storage: Object.freeze({ name: 'unknown', persistent: false }),
  persistent: false,
})
