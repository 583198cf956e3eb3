import type { Fail } from './errors.js'
import { unlessAborted } from './unless-aborted.js'

export interface LoadOptions {
  refreshTimeoutSeconds: number
  fail: Fail
}

/** What is loaded when it is called for, in its time: an app that was deployed anew may have it no more. */
export function loaded<M>(module: Promise<M>, until: AbortSignal, options: LoadOptions): Promise<M> {
  const limit = AbortSignal.timeout(options.refreshTimeoutSeconds * 1000)
  return unlessAborted(module, AbortSignal.any([until, limit])).catch((error: unknown) => {
    throw until.aborted ? error : options.fail('ERR_CONNECTION_FAILED', error)
  })
}
