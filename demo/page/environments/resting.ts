import type { Seen } from '../server.js'
import { storedInDatabase } from '../ways/storage-places.js'
import { sessionIn } from './record.js'

type Named = readonly [name: string, value: string]

export interface Resting {
  readonly where: string
  readonly values: readonly Named[]
}

/**
 * What is in each of the places where a browser can keep a credential: as any script on the page could see it, but for
 * the cookies that script can't see. The server can, so they are taken from what it was sent just now.
 */
export async function places(environment: string, { headers }: Seen): Promise<Resting[]> {
  const hidden = headers.flatMap(([name, value]) => sessionIn(name, value) ?? [])
  const ours = (all: readonly Named[]) => all.filter(([key]) => isOurs(key, environment)).map(told)
  return [
    { where: 'HttpOnly cookie', values: hidden.map(split) },
    { where: 'Other cookies', values: document.cookie.split('; ').filter(Boolean).map(split) },
    { where: 'sessionStorage', values: ours(Object.entries(sessionStorage)) },
    { where: 'localStorage', values: ours(Object.entries(localStorage)) },
    { where: 'IndexedDB', values: ours(await storedInDatabase()) },
  ]
}

/** The library's keys hold the environment's name. The other pages of the demo have keys at this host, too. */
function isOurs(key: string, environment: string): boolean {
  return key.startsWith('latchkey.') && key.includes(environment)
}

function split(pair: string): Named {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}

function told([key, value]: Named): Named {
  return [key, value.includes('token') ? value : `${value} (a note, no secret)`]
}
