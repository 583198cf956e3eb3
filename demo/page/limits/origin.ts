import { createLatchkey, memoryStrategy } from '../../../src/index.js'
import { foreignLog, foreignOrigin } from '../foreign.js'
import type { Seen } from '../server.js'
import { filled, words } from '../word.js'
import type { Finding, Row } from './card.js'
import { dropCookie, setCookie } from './set-cookie.js'

const NAME = 'limits_origin'

/** One request to the other origin in four ways, and what that server has of each. */
export async function origin(): Promise<Finding> {
  const { asListed, notAsListed, listed, unlisted, bare, withCookies } = words.limits.origin
  const foreign = await foreignOrigin()
  setCookie(NAME, '1')
  try {
    // So that the first of the four does not pay for opening a connection.
    await foreignLog(foreign, crypto.randomUUID())
    const allowed = await visitBy(['self', foreign], foreign)
    const refused = await visitBy(['self'], foreign)
    const rows: Row[] = [
      [filled(listed, { origin: foreign }), answerOf(allowed)],
      [unlisted, answerOf(refused)],
      [bare, answerOf(await visit((url) => fetch(url), foreign))],
      [withCookies, answerOf(await visit((url) => fetch(url, { credentials: 'include' }), foreign))],
    ]
    const isAsListed = carried(allowed).includes('Authorization') && carried(refused).length === 0
    return { tone: isAsListed ? 'good' : 'bad', title: isAsListed ? asListed : notAsListed, rows }
  } finally {
    dropCookie(NAME)
  }
}

type Send = (url: string) => Promise<unknown>

/** What came of one `fetch`: all requests that the other server got, and the time until its answer was here. */
interface Visit {
  readonly got: readonly Seen[]
  readonly ms: number
}

async function visitBy(allowedOrigins: readonly string[], origin: string): Promise<Visit> {
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins, name: 'limits-origin' })
  await latchkey.set({ access_token: crypto.randomUUID() })
  return visit(latchkey.fetch, origin).finally(latchkey.dispose)
}

async function visit(send: Send, origin: string): Promise<Visit> {
  const id = crypto.randomUUID()
  const start = performance.now()
  await send(`${origin}/collect?visit=${id}`)
  const ms = performance.now() - start
  return { got: await foreignLog(origin, id), ms }
}

function carried({ got }: Visit): string[] {
  const names = got.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()))
  return ['Authorization', 'Cookie'].filter((name) => names.includes(name.toLowerCase()))
}

function answerOf(visit: Visit): string {
  const requests = visit.got.map(({ line }) => line.replace(/ .*/, '')).join(', ')
  const credentials = carried(visit).join(', ') || words.limits.nothing
  return filled(words.limits.origin.answer, { requests, ms: visit.ms.toFixed(1), credentials })
}
