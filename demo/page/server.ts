import type { TokenResponse } from '../../src/index.js'
import { foreignLog, foreignOrigin } from './foreign.js'
import type { Keeper } from './ways/keeper.js'

/** A request as a server saw it. */
export interface Seen {
  readonly line: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** What the API answers: what was asked for, or `error` and `message`. */
export interface Answer extends Partial<TokenResponse> {
  readonly status: number
  readonly name?: string
  readonly request?: Seen
  /** The code of a refusal: the page says in its own words what it means. */
  readonly error?: string
  readonly message?: string
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>

async function answered(fetch: Fetch, url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  return { ...(await response.json()), status: response.status }
}

export function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

/** Asks the way's part of the API, through latchkey. */
export function ask({ way, latchkey, enter }: Keeper, path: string, init?: RequestInit): Promise<Answer> {
  return answered(path === 'login' ? enter : latchkey.fetch, `/api/${way.kind}/${path}`, init)
}

/** Asks without latchkey, as any script or form could. */
export function askBare({ way }: Keeper, path: string, init?: RequestInit): Promise<Answer> {
  return answered(fetch, `/api/${way.kind}/${path}`, init)
}

/** Sends a request to the other origin, through latchkey, and resolves to what arrived there. */
export async function askForeign({
  latchkey,
}: Keeper): Promise<{ origin: string; arrived: readonly Seen[] }> {
  const origin = await foreignOrigin()
  const visit = crypto.randomUUID()
  await latchkey.fetch(`${origin}/collect?visit=${visit}`)
  return { origin, arrived: await foreignLog(origin, visit) }
}
