import type { Latchkey } from '../latchkey.js'
import { must } from '../options.js'
import type { LatchkeyState } from '../types.js'
import { isSignedIn } from './is-signed-in.js'
import { unknownState } from './unknown-state.js'

/** A store as Svelte knows it, for `$store`, `get`, `derived` and `fromStore`. @see https://svelte.dev/docs/svelte/stores */
export interface ReadableStore<V> {
  /** Calls `run` at once and with each new value; returns what stops it. */
  subscribe(run: (value: V) => void): () => void
}

type Seen = Pick<Latchkey<never>, 'subscribe'>

function readable<V>(latchkey: Seen, read: (state: LatchkeyState) => V): ReadableStore<V> {
  must('latchkey', typeof latchkey?.subscribe === 'function', 'be what createLatchkey returns')
  // A server's renderer wants one value, and never says that it has done.
  const isServer = typeof document === 'undefined'
  const subscribe = (run: (value: V) => void) =>
    isServer ? once(run, read(unknownState)) : latchkey.subscribe(changes(run, read))
  return Object.freeze({ subscribe })
}

function once<V>(run: (value: V) => void, value: V): () => void {
  run(value)
  return () => {}
}

/** A listener that passes on what is another value than the last one. */
function changes<V>(
  run: (value: V) => void,
  read: (state: LatchkeyState) => V,
): (state: LatchkeyState) => void {
  let last: { readonly value: V } | undefined
  return (state) => {
    const value = read(state)
    if (last && last.value === value) return
    last = { value }
    run(value)
  }
}

/**
 * The state as a store: `$state.status`. On a server it is `unknown`. It keeps nothing itself, and listens as long as
 * somebody subscribes.
 * @throws TypeError if `latchkey` is none
 */
export function latchkeyState(latchkey: Pick<Latchkey<never>, 'subscribe'>): ReadableStore<LatchkeyState> {
  return readable(latchkey, (state) => state)
}

/**
 * Whether somebody is signed in, as a store: `$signedIn`; `undefined` as long as nobody knows: on a server, and before the
 * stored credential has been looked up. It is told neither of a refresh nor of one that fails for now.
 * @throws TypeError if `latchkey` is none
 */
export function signedIn(latchkey: Pick<Latchkey<never>, 'subscribe'>): ReadableStore<boolean | undefined> {
  return readable(latchkey, isSignedIn)
}
