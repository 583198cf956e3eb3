/** What is expected of each way. */
export interface Story {
  readonly title: string
  readonly way: string
  readonly sentBy: 'script' | 'browser'
  /** The one line of the request that is marked. */
  readonly attached: RegExp
  readonly rests: RegExp
  readonly isRefreshable: boolean
  readonly attack: 'tamper' | 'forge'
  readonly refused: RegExp
  readonly afterwards: string
  readonly goodbye: string
}

const tampering = {
  isRefreshable: true,
  attack: 'tamper',
  refused: /One character was changed, and the server refused: 401/,
  afterwards: 'it knows you as Grace',
  goodbye: 'The server ended it',
} as const

const bearer = {
  ...tampering,
  sentBy: 'script',
  attached: /^authorization: Bearer \S+….{6} by script$/i,
} as const

export const stories: readonly Story[] = [
  {
    title: 'session cookie',
    way: 'session',
    sentBy: 'browser',
    isRefreshable: false,
    attached: /^cookie: .*latchkey_demo_sid=\S+….{6}.* by the browser$/i,
    rests: /The browser alone has it: not in document\.cookie.*a note, no secret/,
    attack: 'forge',
    refused: /The forged request was refused: 403/,
    afterwards: 'it knows you as Grace',
    goodbye: 'The server ended it',
  },
  {
    ...tampering,
    title: 'script cookie',
    way: 'cookie',
    sentBy: 'browser',
    attached: /^cookie: .*demo_token=\S+….{6}.* by the browser$/i,
    rests: /^Cookie › demo_token.*localStorage › latchkey\.cookie\.cookie/,
    afterwards: 'The server refused: 401',
    goodbye: 'The server did not know it any more',
  },
  {
    ...bearer,
    title: 'JWT in localStorage',
    way: 'jwt-local',
    rests: /^localStorage › latchkey\.jwt\.jwt-local.*"access_token":"eyJ/,
  },
  {
    ...bearer,
    title: 'JWT in sessionStorage',
    way: 'jwt-session',
    rests: /^sessionStorage › latchkey\.jwt\.jwt-session.*"access_token":"eyJ/,
  },
  {
    ...bearer,
    title: 'opaque token in IndexedDB, as bearer',
    way: 'token',
    rests: /^IndexedDB › latchkey\.credentials › credentials › latchkey\.token\.token\{/,
  },
  {
    ...tampering,
    title: 'opaque token in IndexedDB, in a header',
    way: 'token-header',
    sentBy: 'script',
    attached: /^x-auth-token: \S+….{6} by script$/i,
    rests: /^IndexedDB › latchkey\.credentials › credentials › latchkey\.token\.token-header\{/,
  },
  {
    ...tampering,
    title: 'opaque token in IndexedDB, in a query parameter',
    way: 'token-query',
    sentBy: 'script',
    attached: /^GET \/api\/token-query\/echo\?access_token=\S+….{6} HTTP\/1\.1 by script$/,
    rests: /^IndexedDB › latchkey\.credentials › credentials › latchkey\.token\.token-query\{/,
  },
  {
    ...tampering,
    title: 'JWT bound to a key (DPoP)',
    way: 'dpop',
    sentBy: 'script',
    attached: /^authorization: DPoP \S+….{6} by script$/i,
    rests: /^localStorage › latchkey\.jwt\.dpop.*"access_token":"eyJ/,
  },
]
