import { AsyncLocalStorage } from 'node:async_hooks'

/** One thing that the server did for a request. */
export interface Did {
  readonly what: 'looked-up' | 'kept' | 'removed' | 'checked' | 'denied'
  /** `token`: nothing was looked at but the request itself. */
  readonly where: 'memory' | 'redis' | 'token'
  readonly thing:
    | 'session'
    | 'token-hash'
    | 'sign-in'
    | 'refresh-token'
    | 'signature'
    | 'expiry'
    | 'deny-list'
    | 'csrf'
    | 'proof'
  readonly found?: boolean
}

/** Each request has its own, wherever its work leads, without one being handed along. */
const current = new AsyncLocalStorage<Did[]>()

/** Notes it for the request that is being answered, if one is. */
export function did(one: Did): void {
  current.getStore()?.push(one)
}

/** Whatever comes of `run` is noted in the list, also what comes later. */
export function noting(list: Did[], run: () => void): void {
  current.run(list, run)
}
