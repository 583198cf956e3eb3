import { promisify } from 'node:util'
import { cookieOf } from './cookies.js'
import { type Kind, unauthorized } from './kind.js'
import { COOKIE_ATTRIBUTES, SESSION_COOKIE, SESSION_LIFE_SECONDS } from './sessions.js'

/** The session is kept by express-session; the browser has its number in a cookie that script can't see. */
export const sessionKind: Kind = {
  sentByBrowser: true,
  async signIn(request, name) {
    // A new number, so that one planted in the browser before is worth nothing.
    await promisify(request.session.regenerate.bind(request.session))()
    request.session.name = name
    return { expires_in: SESSION_LIFE_SECONDS }
  },
  async recognise(request) {
    if (request.session.name) return request.session.name
    throw cookieOf(request, SESSION_COOKIE)
      ? unauthorized('Cookie', 'invalid_session', 'The server does not know this session, or it has ended')
      : unauthorized('Cookie', 'no_credential', 'The request carried no session cookie')
  },
  async signOut({ session }, response) {
    const { path } = session.cookie
    await promisify(session.destroy.bind(session))()
    response.clearCookie(SESSION_COOKIE, { ...COOKIE_ATTRIBUTES, ...(path && { path }) })
  },
}
