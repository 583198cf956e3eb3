import {
  createLatchkey,
  type Finding,
  type Latchkey,
  type LatchkeyOptions,
  memoryStrategy,
  type SessionResponse,
  sessionStrategy,
} from '../../src/index.js'
import type { DiagnoseOptions } from '../../src/request/diagnose/case.js'
import { diagnose } from '../../src/request/diagnose/diagnose.js'
import { createOrigins } from '../../src/request/origins.js'
import type { BenchOrigin } from '../harness/bench.js'
import { ownName } from './fixtures.js'

/** What would be a leak in any message. */
export const SECRET = 'q7XvK2mZp9RtW4sLb8Yd'

/** Signed in with the secret as the token, which goes where the placement says. */
export async function withToken(allowed: string, more: Partial<LatchkeyOptions> = {}): Promise<Latchkey> {
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [allowed],
    name: ownName(),
    ...more,
  })
  await latchkey.set({ access_token: SECRET })
  return latchkey
}

/** In a session that a server has started. */
export async function withSession(
  allowed: string,
  more: Partial<LatchkeyOptions<SessionResponse>> = {},
): Promise<Latchkey<SessionResponse>> {
  const strategy = sessionStrategy()
  const latchkey = createLatchkey({ strategy, allowedOrigins: [allowed], name: ownName(), ...more })
  await latchkey.set({})
  return latchkey
}

/** A diagnosis with a session cookie, by what is known of its CSRF token. */
export function diagnosed(url: string, csrf: Partial<DiagnoseOptions>): Promise<Finding[]> {
  return diagnose(url, {
    origins: createOrigins([new URL(url).origin], true),
    fetch: (request) => globalThis.fetch(request),
    isAuthFailure: ({ status }) => status === 401,
    refreshTimeoutSeconds: 15,
    session: { ready: Promise.resolve(), current: () => undefined, check: () => {} },
    strategyOf: () => sessionStrategy(),
    ...csrf,
  })
}

/** An address whose answer has these headers, and lacks those that have no value. */
export function wrong(api: BenchOrigin, headers: Record<string, string>, status = 200): string {
  return api.at(`cors/${status}?${new URLSearchParams(headers)}`)
}

/** The codes and, of each message, whether it holds what it should: a header with its value. */
export function told(findings: readonly Finding[], ...texts: string[]): string[] {
  const all = findings.map(({ message }) => message).join()
  return [...findings.map(({ code }) => code), ...texts.filter((text) => !all.includes(text))]
}
