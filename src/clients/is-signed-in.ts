import type { LatchkeyState } from '../types.js'

/**
 * Whether somebody is signed in, also while a refresh is failing for now; `undefined` as long as nobody knows. It says
 * nothing of what the server thinks.
 */
export function isSignedIn({ status }: Pick<LatchkeyState, 'status'>): boolean | undefined {
  return status === 'unknown' ? undefined : status !== 'signed-out'
}
