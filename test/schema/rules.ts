/** What JSON Schema says in its own words, and the library by its factories' checks. */

/** A pattern that takes small letters for capitals, too: JSON Schema's have no flags. */
function anyCase(pattern: string): string {
  return pattern.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}

const HEADER = {
  pattern: `^(?!${anyCase('(cookie2?|host|origin|referer|proxy-.*|sec-.*)')}$)[A-Za-z0-9_!#$%&'*+.^\`|~-]+$`,
}
const SECONDS = { minimum: 0, exclusiveMaximum: 2_000_000 }
const LABEL = '[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?'
const NAMED = String.raw`${LABEL}(\.${LABEL})*\.?`
const HOST = String.raw`(${NAMED}|\[[0-9a-f:]+\])`
const LOOPBACK = String.raw`((${LABEL}\.)*localhost|127(\.[0-9]+){3}|\[::1\])`
/** As browsers write it, which leave out the scheme's own. */
const portBut = (own: number) => `(?!:${own}(/|$))(:(0|[1-9][0-9]{0,4}))?`
/** Without the segments that browsers would resolve, and the characters that they would encode. */
const PATH = String.raw`(/(?!(\.|%2[eE]){1,2}(/|$))[A-Za-z0-9!$%&'()+,.:;=_|~^\[\]-]*)*`
const HTTPS = `https://${HOST}${portBut(443)}${PATH}`

/** An origin, also of plain http. */
export const ORIGIN = `^(self|${HTTPS}|http://${HOST}${portBut(80)}${PATH})$`
/** An origin that needs no `allowInsecureOrigins`. */
export const SECURE_ORIGIN = `^(self|${HTTPS}|http://${LOOPBACK}${portBut(80)}${PATH})$`

export const rules: Readonly<Record<string, object>> = {
  'settings.allowedOrigins': { items: { type: 'string', minLength: 1, pattern: ORIGIN } },
  'environment.hosts': { items: { type: 'string', minLength: 1, pattern: `^${HOST}${portBut(443)}$` } },
  // So that one environment can say that there is none, though there is one for all.
  'settings.migrateFrom': { minItems: 0 },
  'settings.storageTimeoutSeconds': { ...SECONDS, default: 2 },
  'settings.refreshTimeoutSeconds': { ...SECONDS, default: 15 },
  'settings.refreshBeforeSeconds': { ...SECONDS, default: 30 },
  'settings.idleTimeoutSeconds': { exclusiveMinimum: 0, exclusiveMaximum: 2_000_000 },
  'settings.keepFresh': { default: false },
  'settings.allowInsecureOrigins': { default: false },
  'settings.onForeignOrigin': { default: 'send-bare' },
  'strategy.session.storage': { default: 'local' },
  'strategy.token.storage': { default: 'indexedDB' },
  'strategy.placement': { default: { type: 'bearer' } },
  'strategy.cookie.name': { pattern: "^[A-Za-z0-9_!#$&'*+.^`|~-]+$" },
  'strategy.cookie.expires': { exclusiveMinimum: 0, exclusiveMaximum: 100_000 },
  'strategy.cookie.path': { pattern: String.raw`^/[^;\u0000-\u001f\u007f-\u009f]*$`, default: '/' },
  'strategy.cookie.domain': { pattern: '^[A-Za-z0-9_.-]+$' },
  'strategy.cookie.sameSite': { default: 'Strict' },
  'strategy.cookie.partitioned': { default: false },
  'placement.header.name': HEADER,
  'placement.dpop.storage': { default: 'indexedDB' },
  'csrf.header': HEADER,
  'csrf.field': { default: 'token' },
  'refresh.oauth.tokenEndpoint': {
    pattern: String.raw`^([hH][tT][tT][pP][sS]:/*[^/\s]|http://${LOOPBACK}(:[0-9]+)?([/?#]|$))`,
  },
}
