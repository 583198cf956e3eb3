import { must, withDefaults } from '../options.js'
import type { Ask } from '../types.js'
import { type Csrf, sessionOf } from './csrf.js'
import { mustBeHeaderName } from './header.js'
import { type IsRefusal, saysCsrf } from './refusal.js'

/** What {@link csrfEndpoint} takes. */
export interface CsrfEndpointOptions {
  /** Where to get a token: a GET that answers with JSON, at an allowed origin. */
  url: string
  /** The field of the answer that holds it. @default 'token' */
  field?: string | undefined
  /** Name of the header, such as `X-CSRF-Token`. */
  header: string
  /** Whether an answer refuses the token. @default its status is 400, 403, 419 or 422, and it speaks of CSRF */
  isRefusal?: IsRefusal | undefined
}

/**
 * An endpoint of the app's own that hands out the token, for servers whose CSRF cookie is HttpOnly or that have none.
 * It is asked before the first unsafe request, after each sign-in, and when a token was refused. The token is kept in
 * memory alone, and goes to all allowed origins; make one for each instance.
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function csrfEndpoint(options: CsrfEndpointOptions): Csrf {
  const { url, field, header, isRefusal } = withDefaults('csrfEndpoint', options, DEFAULTS)
  must('url', url, 'be the URL of the endpoint')
  mustBeHeaderName('header', header)
  let known: { token: string; session: number | undefined } | undefined
  return {
    header,
    url,
    isRefusal,
    // A login begins another session, whose token is another one.
    read: (use) => (known?.session === sessionOf(use) ? known?.token : undefined),
    async renew(use) {
      known = { token: await tokenAt(url, field, use.ask), session: sessionOf(use) }
    },
  }
}

const DEFAULTS = { url: '', field: 'token', header: '', isRefusal: saysCsrf }

/** @throws Error that says what came instead */
export async function tokenAt(url: string, field: string, ask: Ask): Promise<string> {
  const response = await ask(url)
  const answer: unknown = await response.json().catch(() => undefined)
  const token: unknown = Object.hasOwn(Object(answer), field) ? Object(answer)[field] : undefined
  if (response.ok && typeof token === 'string' && token) return token
  throw new Error(`the CSRF endpoint answered ${response.status} and no text in "${field}"`)
}
