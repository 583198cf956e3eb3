import type { Way } from './way.js'

type Words = Pick<Way, 'title' | 'code' | 'about' | 'rests' | 'travels'>

const session: Words = {
  title: 'Session cookie',
  code: "sessionStrategy({ csrf: angular(), probe: '/api/session/me' })",
  about:
    'The server sets a cookie that script can neither read nor write. The safest of the seven, if your server can do it.',
  rests: 'HttpOnly cookie',
  travels: 'Cookie header',
}

const cookie: Words = {
  title: 'Script cookie',
  code: "cookieStrategy({ name: 'demo_token' })",
  about:
    'Script writes the token into a cookie and the browser sends it from then on, until it is closed. For servers that read a token from a cookie.',
  rests: 'Cookie',
  travels: 'Cookie header',
}

const jwtLocal: Words = {
  title: 'JWT, kept',
  code: "jwtStrategy({ storage: 'local' })",
  about:
    'A signed token that says itself who you are and until when. It is there in every tab, and still there tomorrow.',
  rests: 'localStorage',
  travels: 'Authorization',
}

const jwtSession: Words = {
  title: 'JWT, this tab',
  code: "jwtStrategy({ storage: 'session' })",
  about:
    'The same signed token, for this one tab alone: it survives a reload, and is gone when the tab is closed.',
  rests: 'sessionStorage',
  travels: 'Authorization',
}

const token: Words = {
  title: 'Opaque token',
  code: 'tokenStrategy()',
  about: 'A random token that only the server understands, kept in the browser’s database.',
  rests: 'IndexedDB',
  travels: 'Authorization',
}

const tokenHeader: Words = {
  title: 'Token in a header',
  code: "tokenStrategy({ placement: header('X-Auth-Token') })",
  about:
    'The same random token for a server that wants it in a header of its own. Browsers would carry such a header along with a redirect, so latchkey refuses redirects here.',
  rests: 'IndexedDB',
  travels: 'X-Auth-Token',
}

const tokenQuery: Words = {
  title: 'Token in the URL',
  code: "tokenStrategy({ placement: query('access_token') })",
  about:
    'The same random token as a part of the address, for servers that take nothing else. Addresses end up in logs: choose another way if you can.',
  rests: 'IndexedDB',
  travels: '?access_token',
}

/** What the page says of each way. */
export const words = {
  session,
  cookie,
  'jwt-local': jwtLocal,
  'jwt-session': jwtSession,
  token,
  'token-header': tokenHeader,
  'token-query': tokenQuery,
} as const
