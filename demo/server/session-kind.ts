import { promisify } from 'node:util'
import type { Session } from 'express-session'
import { cookieOf } from './cookies.js'
import { type Kind, unauthorized } from './kind.js'
import { COOKIE_ATTRIBUTES, SESSION_LIFE_SECONDS } from './sessions.js'

/** The session is kept by express-session; the browser has its number in a cookie that script can't see. */
export function sessionKind(cookie: string): Kind {
  const kind: Kind = {
    sentByBrowser: true,
    async signIn(request, name) {
      // A new number, so that one planted in the browser before is worth nothing.
      await promisify(request.session.regenerate.bind(request.session))()
      request.session.name = name
      return { expires_in: SESSION_LIFE_SECONDS }
    },
    async recognise(request) {
      if (request.session.name) return request.session.name
      throw cookieOf(request, cookie)
        ? unauthorized('Cookie', 'invalid_session', 'The server does not know this session, or it has ended')
        : unauthorized('Cookie', 'no_credential', 'The request carried no session cookie')
    },
    async signOut({ session }, response) {
      const { path } = session.cookie
      await destroy(session)
      response.clearCookie(cookie, { ...COOKIE_ATTRIBUTES, ...(path && { path }) })
    },
    async expire(request) {
      await kind.recognise(request)
      await destroy(request.session)
    },
  }
  return kind
}

function destroy(session: Session): Promise<unknown> {
  return promisify(session.destroy.bind(session))()
}
