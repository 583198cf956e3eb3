import { csrfSync } from 'csrf-sync'
import type { Protection } from './express.js'

/** The token is in the session. */
export function protectedByCsrfSync(): Protection {
  const { csrfSynchronisedProtection, generateToken } = csrfSync()
  return {
    middleware: csrfSynchronisedProtection,
    rotate: (request) => void generateToken(request, true),
    token: (request) => generateToken(request),
  }
}
