import { doubleCsrf } from 'csrf-csrf'
import type { Protection } from './express.js'

/** The token is in an HttpOnly cookie as well, and bound to the session. */
export function protectedByCsrfCsrf(): Protection {
  const { doubleCsrfProtection, generateCsrfToken } = doubleCsrf({
    getSecret: () => 'of all processes, too',
    getSessionIdentifier: ({ session }) => session.id,
    // Its default is `__Host-psifi.x-csrf-token`, which WebKit keeps on https alone.
    cookieName: 'psifi.x-csrf-token',
    cookieOptions: { secure: false },
  })
  return {
    middleware: doubleCsrfProtection,
    rotate: (request, response) => void generateCsrfToken(request, response, { overwrite: true }),
    token: (request, response) => generateCsrfToken(request, response),
  }
}
