/** What {@link Finding} tells apart, as a closed list: each has another remedy. */
export type FindingCode =
  | 'not-allowed'
  | 'mixed-content'
  | 'content-security-policy'
  | 'unreachable'
  | 'timed-out'
  | 'redirected'
  | 'allow-origin'
  | 'allow-credentials'
  | 'allow-headers'
  | 'expose-headers'
  | 'credential-refused'
  | 'cookie-refused'
  | 'cookie-cross-site'
  | 'storage-access'
  | 'csrf-cookie'

/** One thing that is wrong, and what to change. It holds no secret, and of a URL only the origin. */
export interface Finding {
  /** Which fault it is. */
  readonly code: FindingCode
  /** Names the response header, or the cookie's attribute. Not a text to compare with: it may change. */
  readonly message: string
}

type Say = (...facts: readonly string[]) => string

const messages: Readonly<Record<FindingCode, Say>> = {
  'not-allowed': (origin) =>
    `Add "${origin}" to allowedOrigins: it is not on it, so nothing was sent there, and no credential ever is. An entry with a path allows only what is below that.`,
  'mixed-content': (origin) =>
    `Serve ${origin} over https: to a page that came by https, browsers let nothing come over http.`,
  'content-security-policy': (origin) =>
    `Add ${origin} to "connect-src" of the page's own Content-Security-Policy, which forbids the request.`,
  unreachable: (origin) =>
    `${origin} was not reached: the device is offline, host or port are wrong, the browser does not trust the certificate, an extension blocks it, or its "Cross-Origin-Resource-Policy" keeps other origins away.`,
  'timed-out': (origin, seconds) =>
    `${origin} did not answer within ${seconds} seconds, so the rest could not be looked at.`,
  redirected: () =>
    'Answer 401 in place of a redirect, if it leads to a login page: then the server took the request for one without a session. If it leads to where the API now is, use that URL. A page can’t see which of the two.',
  'allow-origin': (page) =>
    `Send "Access-Control-Allow-Origin: ${page}": the server was reached, and the answer may not be read, since that header is missing or has another value. Errors, 401 and redirects need it, too.`,
  'allow-credentials': (page) =>
    `Send "Access-Control-Allow-Credentials: true", and "Access-Control-Allow-Origin: ${page}" by name, since "*" does not count with cookies: the answer can be read without them and not with them.`,
  'allow-headers': (page, names) =>
    `Answer the preflight (an OPTIONS without cookie and credential) with status 204 and "Access-Control-Allow-Headers: ${names}": with that header a request fails, without it it does not. If the preflight is right, then the answer to the request itself, such as a 401, lacks "Access-Control-Allow-Origin: ${page}".`,
  'expose-headers': (_, name) =>
    `Send "${name}" and, so that the page may see it, "Access-Control-Expose-Headers: ${name}" ("*" does not count with cookies): one of the two is missing.`,
  'credential-refused': () =>
    'The server refused the credential: either it no longer takes it (ended, another audience or key), or it looks for it in another place than the strategy’s placement, or a proxy on the way removes the header.',
  'cookie-refused': (_, host) =>
    `The server refused the session. Either it has ended there, or the cookie was not sent: then look at its Path, which has to be above the URL's, at its Domain (without it, it goes to the very host that has set it: here that must be ${host}), and at Secure, with which it is sent over https alone.`,
  'cookie-cross-site': (page, origin, certainty, scheme) =>
    `The server refused the session, and ${origin} ${certainty} another site than ${page}. Either the session has ended there, or the cookie was not sent: between sites it is only with "SameSite=None; Secure"${scheme}, and where the browser blocks third-party cookies only with "Partitioned" besides, or not at all. What always works is one site: an API on a sub-domain of the page's, a page in a tab of its own.`,
  'storage-access': (page) =>
    page === 'null'
      ? 'Add "allow-same-origin" to the "sandbox" attribute of this page\'s iframe: without it the page has an origin of its own, and no cookie.'
      : 'This page is embedded in another site’s, and the browser keeps its cookies from it (document.hasStorageAccess() is false). Set the cookie with "SameSite=None; Secure; Partitioned" for a session of its own in there; or set it with "SameSite=None; Secure", call document.requestStorageAccess() in the page at a click, and ask again.',
  'csrf-cookie': (name, remedy) => `The page does not see the CSRF cookie "${name}": ${remedy}`,
}

export function finding(code: FindingCode, ...facts: readonly string[]): Finding {
  return Object.freeze({ code, message: messages[code](...facts) })
}
