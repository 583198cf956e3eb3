import type { CredentialRecord, Needs, Strategy } from '../../types.js'
import type { Origins } from '../origins.js'
import type { Trial } from './trial.js'

/** What a diagnosis needs to know of an instance. */
export interface DiagnoseOptions extends Needs {
  origins: Origins
  fetch: (request: Request) => Promise<Response>
  isAuthFailure: (response: Response) => boolean
  refreshTimeoutSeconds: number
  session: {
    readonly ready: Promise<void>
    current(): CredentialRecord | undefined
    /** Throws once it was disposed of. */
    check(): void
  }
  strategyOf(credential: CredentialRecord | undefined): Strategy<never>
}

/** What is known of the one who asks and the one who is asked. */
export interface Case extends DiagnoseOptions {
  readonly target: URL
  /** The page's origin, as CORS headers name it. */
  readonly page: string
  readonly ask: Trial
  /** Makes a GET of the target. */
  readonly plain: (init?: RequestInit) => Request
}
