import {
  type App,
  type ComputedRef,
  computed,
  getCurrentInstance,
  getCurrentScope,
  type InjectionKey,
  inject,
  onMounted,
  onScopeDispose,
  provide,
  type ShallowRef,
  shallowReadonly,
  shallowRef,
} from 'vue'
import type { Latchkey } from '../latchkey.js'
import { must } from '../options.js'
import type { LatchkeyState, TokenResponse } from '../types.js'
import { isSignedIn } from './is-signed-in.js'
import { unknownState } from './unknown-state.js'

const key: InjectionKey<Latchkey<never>> = Symbol('latchkey')

/** What {@link useLatchkey} returns. */
export interface UsedLatchkey<T = TokenResponse> {
  /** The instance that was provided. */
  readonly latchkey: Latchkey<T>
  /** Its state: `unknown` on a server and until the component is mounted. It can't be written. */
  readonly state: Readonly<ShallowRef<LatchkeyState>>
  /** Whether somebody is signed in; `undefined` as long as nobody knows. */
  readonly signedIn: ComputedRef<boolean | undefined>
}

function mustBeLatchkey(latchkey: Pick<Latchkey<never>, 'subscribe'> | undefined): void {
  must('latchkey', typeof latchkey?.subscribe === 'function', 'be what createLatchkey returns')
}

/**
 * Gives an instance to all components of an app: `app.use(latchkeyPlugin, latchkey)`. It makes none and disposes of none:
 * an instance is its maker's.
 * @throws TypeError if `latchkey` is none
 * @see https://vuejs.org/guide/reusability/plugins
 */
export function latchkeyPlugin<T = TokenResponse>(app: App, latchkey: Latchkey<T>): void {
  mustBeLatchkey(latchkey)
  app.provide(key, latchkey)
}

/**
 * Gives an instance to the components below the one whose `setup` it is called in.
 * @throws TypeError if `latchkey` is none
 */
export function provideLatchkey<T = TokenResponse>(latchkey: Latchkey<T>): void {
  mustBeLatchkey(latchkey)
  provide(key, latchkey)
}

/**
 * The nearest instance, and its state as refs. In a component they are followed from `onMounted` on, so that hydration finds
 * what the server has rendered; in one that is mounted already, and in an effect scope without one, at once; all until the
 * scope ends. Without either, as in a router's guard, `state` is that of the moment. What the instance takes as a
 * credential, `T`, is as you say and is not checked.
 * @throws TypeError where none was provided
 */
export function useLatchkey<T = TokenResponse>(): UsedLatchkey<T> {
  const latchkey = inject(key, undefined)
  must('latchkey', latchkey, 'be given by app.use(latchkeyPlugin, latchkey) or provideLatchkey(latchkey)')
  const state = shallowRef(unknownState)
  follow(latchkey, state)
  return { latchkey, state: shallowReadonly(state), signedIn: computed(() => isSignedIn(state.value)) }
}

function follow(latchkey: Latchkey<never>, state: ShallowRef<LatchkeyState>): void {
  let stop = () => {}
  const start = () => (stop = latchkey.subscribe((next) => (state.value = next)))
  const scope = getCurrentScope()
  if (scope) onScopeDispose(() => stop())
  // A server ends no scope, and mounts nothing: what began in setup would listen for ever.
  // In a hook of a component that is mounted, `onMounted` would call nobody.
  if (getCurrentInstance()?.isMounted === false) onMounted(start)
  else if (typeof document === 'object') {
    start()
    if (!scope?.active) stop()
  }
}
