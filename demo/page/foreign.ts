import type { Seen } from './server.js'

/** The other origin's address. */
export async function foreignOrigin(): Promise<string> {
  return (await (await fetch('/api/config')).json()).foreignOrigin
}

/** What the server there has of one visit. */
export async function foreignLog(origin: string, visit: string): Promise<readonly Seen[]> {
  return (await fetch(`${origin}/log?visit=${visit}`)).json()
}
