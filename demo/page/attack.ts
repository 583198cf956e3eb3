import type { Keeper } from './keeper.js'
import { type Outcome, ofCall, told } from './outcome.js'
import { ask, askBare, askForeign, post, type Seen } from './server.js'

async function foreign(keeper: Keeper): Promise<Outcome> {
  const { origin, arrived } = await askForeign(keeper)
  const request = arrived.at(-1)
  if (arrived.some(holdsSecret)) return { ...told('bad', 'Something of ours arrived there!', ''), request }
  const text = `${origin} is not on the list of allowed origins, so latchkey let the request go as it was. This is all that arrived there:`
  return { ...told('good', 'Nothing of ours left', text), request, seenBy: `the foreign server, ${origin}` }
}

function holdsSecret({ line, headers }: Seen): boolean {
  const names = headers.map(([name]) => name.toLowerCase())
  const ours = ['authorization', 'cookie', 'x-auth-token', 'x-xsrf-token']
  return line.includes('access_token') || ours.some((name) => names.includes(name))
}

/** Without refresh for once: with it, the refusal would be repaired before anybody saw it. */
async function tamper(keeper: Keeper): Promise<Outcome> {
  await keeper.way.place.tamper?.()
  await keeper.reopen({ refresh: false })
  const { status, message } = await ask(keeper, 'echo')
  await keeper.reopen({ refresh: true })
  const canRepair = keeper.way.id !== 'cookie'
  const next = canRepair
    ? 'Call the API now, and latchkey repairs it: it gets the same 401, spends the refresh token and sends the request again.'
    : 'A changed cookie is a stranger to what was kept beside it, the refresh token too: sign out, and in again.'
  const title = `One character was changed, and the server refused: ${status}`
  return told(status === 401 ? 'good' : 'bad', title, `${message}. ${next}`)
}

/** What another site could make this browser do: the cookie goes along, the CSRF token does not. */
async function forge(keeper: Keeper): Promise<Outcome> {
  const answer = await askBare(keeper, 'echo', post({ forged: true }))
  if (answer.status !== 403) return ofCall(keeper.way, answer)
  const text = `Script can’t tamper with this cookie: it never gets to see it. So this was a forgery, such as another site could try. The browser sent the cookie along. ${answer.message}.`
  return told('good', `The forged request was refused: ${answer.status}`, text)
}

/** What someone with bad intentions would try. */
export const attack = { foreign, tamper, forge }
