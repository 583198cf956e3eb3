/**
 * RFC 9110 s. 15.5.2: a 401 says that valid credentials are lacking. RFC 6750 s. 3.1: with another error than
 * `invalid_token` (the request is wrong, the scope too small) a new token would not help.
 */
export function isAuthFailure({ status, headers }: Response): boolean {
  return status === 401 && /^(?!.*\berror=)|invalid_token/i.test(headers.get('www-authenticate') ?? '')
}
