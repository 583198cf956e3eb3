import {
  type Context,
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useSyncExternalStore,
} from 'react'
import type { Latchkey } from '../latchkey.js'
import { must } from '../options.js'
import type { LatchkeyState, TokenResponse } from '../types.js'
import { isSignedIn } from './is-signed-in.js'
import { unknownState } from './unknown-state.js'

const LatchkeyContext: Context<Latchkey<never> | undefined> = createContext<Latchkey<never> | undefined>(
  undefined,
)

/** What a {@link LatchkeyProvider} is given. */
export interface LatchkeyProviderProps<T = TokenResponse> {
  /** What `createLatchkey` returns: one for the app, made outside of every component. */
  readonly latchkey: Latchkey<T>
  /** What is below it. */
  readonly children?: ReactNode
}

/**
 * Gives an instance to the components below it. It makes none and disposes of none: an instance is its maker's.
 * @throws TypeError if `latchkey` is none
 * @see https://react.dev/reference/react/createContext
 */
export function LatchkeyProvider<T = TokenResponse>(props: LatchkeyProviderProps<T>): ReactElement {
  const { latchkey, children } = props
  must('latchkey', typeof latchkey?.subscribe === 'function', 'be what createLatchkey returns')
  return createElement(LatchkeyContext.Provider, { value: latchkey }, children)
}

/**
 * The instance of the nearest {@link LatchkeyProvider}. The component is not rendered again when the state changes: see
 * {@link useLatchkeyState}. What it takes as a credential, `T`, is as you say and is not checked.
 * @throws TypeError where there is no provider
 */
export function useLatchkey<T = TokenResponse>(): Latchkey<T> {
  const latchkey = useContext(LatchkeyContext)
  must('latchkey', latchkey, 'be given by a LatchkeyProvider around the component')
  return latchkey
}

/**
 * The state of the nearest provider's instance; the component is rendered again for each new one, and for nothing else.
 * On a server, and while the page that came from there is hydrated, its `status` is `unknown`.
 * @throws TypeError where there is no provider
 * @see https://react.dev/reference/react/useSyncExternalStore
 */
export function useLatchkeyState(): LatchkeyState {
  const latchkey = useLatchkey()
  return useSyncExternalStore(
    latchkey.subscribe,
    () => latchkey.state,
    () => unknownState,
  )
}

/**
 * Whether somebody is signed in; `undefined` as long as nobody knows: on a server, and before the stored credential has
 * been looked up. So show neither the sign-in form nor the app for `undefined`. A refresh that renews the credential, or
 * fails for now, renders nothing again.
 * @throws TypeError where there is no provider
 */
export function useSignedIn(): boolean | undefined {
  const latchkey = useLatchkey()
  return useSyncExternalStore(
    latchkey.subscribe,
    () => isSignedIn(latchkey.state),
    () => undefined,
  )
}
