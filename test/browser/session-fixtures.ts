import {
  createLatchkey,
  csrfCookie,
  type LatchkeyOptions,
  type SessionResponse,
  sessionStrategy,
} from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { dropCookie } from './fixtures.js'

export const csrf = csrfCookie({ cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' })

/** An instance whose session cookie and CSRF cookie are the bench server's. */
export function make(origin: string, more: Partial<LatchkeyOptions<SessionResponse>> = {}) {
  return createLatchkey({ strategy: sessionStrategy({ csrf }), allowedOrigins: [origin], ...more })
}

export const echoed = async (answer: Response) => (await answer.json()).headers

/** Leaves neither a cookie nor a marker to the next test. */
export async function forgetSession(): Promise<void> {
  dropCookie('XSRF-TOKEN')
  const { api } = newBench()
  const gone = encodeURIComponent('sid=; Path=/; HttpOnly; Max-Age=0')
  await fetch(api.at(`set-cookie?line=${gone}`), { credentials: 'include' })
  localStorage.clear()
}
