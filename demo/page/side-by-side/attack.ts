import { ask, askBare, askForeign, post, type Seen } from '../server.js'
import type { Keeper } from '../ways/keeper.js'
import { explained, filled, words } from '../word.js'
import { type Outcome, ofCall, told } from './outcome.js'

const says = words.sideBySide.outcome

async function foreign(keeper: Keeper): Promise<Outcome> {
  const { origin, arrived } = await askForeign(keeper)
  const request = arrived.at(-1)
  if (arrived.some(holdsSecret)) return { ...told('bad', says.leaked, ''), request }
  const seenBy = filled(words.sideBySide.seenBy.foreign, { origin })
  return { ...told('good', says.nothingLeft, filled(says.nothingLeftText, { origin })), request, seenBy }
}

/** Whether the request carries anything by which a server could know somebody. */
export function holdsSecret({ line, headers }: Seen): boolean {
  const names = headers.map(([name]) => name.toLowerCase())
  const ours = ['authorization', 'cookie', 'dpop', 'x-auth-token', 'x-xsrf-token']
  return line.includes('access_token') || ours.some((name) => names.includes(name))
}

/** Without refresh for once: with it, the refusal would be repaired before anybody saw it. */
async function tamper(keeper: Keeper): Promise<Outcome> {
  await keeper.way.place.tamper?.()
  await keeper.reopen({ refresh: false })
  const { status, error } = await ask(keeper, 'echo')
  await keeper.reopen({ refresh: true })
  const next = keeper.way.id === 'cookie' ? says.notRepairable : says.repairable
  const title = filled(says.tampered, { status })
  return told(status === 401 ? 'good' : 'bad', title, `${explained(error)} ${next}`)
}

/** What another site could make this browser do: the cookie goes along, the CSRF token does not. */
async function forge(keeper: Keeper): Promise<Outcome> {
  const answer = await askBare(keeper, 'echo', post({ forged: true }))
  if (answer.status !== 403) return ofCall(keeper.way, answer)
  const { status, error } = answer
  return told('good', filled(says.forged, { status }), `${says.forgedText} ${explained(error)}`)
}

/** What someone with bad intentions would try. */
export const attack = { foreign, tamper, forge }
