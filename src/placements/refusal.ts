import { unlessAborted } from '../unless-aborted.js'

/** Tells a server's refusal of a CSRF token from its refusal of a user. */
export type IsRefusal = (response: Response) => boolean | Promise<boolean>

/** What has one of these statuses, and says so where others have it, too. */
export function refusal(statuses: readonly number[], says: RegExp): IsRefusal {
  return async (response) => statuses.includes(response.status) && says.test(await textOf(response))
}

/** What most servers say, in the words of most of them. */
export const saysCsrf: IsRefusal = refusal([400, 403, 419, 422], /[cx]srf|anti-?forgery|authenticity/i)

const PATIENCE_MS = 2000

/** The body is the caller's, so a copy is read; one that does not end says nothing. */
function textOf(response: Response): Promise<string> {
  const text = response.clone().text()
  return unlessAborted(text, AbortSignal.timeout(PATIENCE_MS)).catch(() => '')
}
