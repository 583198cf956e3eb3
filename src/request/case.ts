import type { CredentialRecord, Strategy } from '../types.js'
import type { Ask } from './ask.js'

/** What a diagnosis needs to know of an instance. */
export interface DiagnoseOptions {
  origins: readonly string[]
  fetch: (request: Request) => Promise<Response>
  isAuthFailure: (response: Response) => boolean
  refreshTimeoutSeconds: number
  session: {
    readonly ready: Promise<void>
    current(): CredentialRecord | undefined
    /** Throws once it was disposed of. */
    check(): void
  }
  strategy: Pick<Strategy, 'attach'> & { capabilities(): Pick<Strategy['capabilities'], 'sentBy'> }
  /** Headers that unsafe requests carry besides, such as the CSRF header. @default none */
  headers?: readonly string[] | undefined
  /** The cookie that the CSRF token is read from. @default none */
  csrfCookie?: string | undefined
  /** The header of answers that the CSRF token is read from. @default none */
  csrfResponseHeader?: string | undefined
  /** Further URLs that are asked with the credential, such as the probe's: whether they are allowed. @default none */
  endpoints?: readonly string[] | undefined
}

/** What is known of the one who asks and the one who is asked. */
export interface Case extends DiagnoseOptions {
  readonly target: URL
  /** The page's origin, as CORS headers name it. */
  readonly page: string
  readonly ask: Ask
  /** Makes a GET of the target. */
  readonly plain: (init?: RequestInit) => Request
}
