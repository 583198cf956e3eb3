import { isLatchkeyError } from '../../src/index.js'
import { attack } from './attack.js'
import type { Keeper } from './keeper.js'
import { type Outcome, ofCall, told } from './outcome.js'
import { ask, post } from './server.js'

export async function signIn(keeper: Keeper, name: string): Promise<Outcome> {
  const { status, message, ...answer } = await ask(keeper, 'login', post({ name }))
  if (status !== 200) return told('bad', `The server refused: ${status}`, `${message}.`)
  await keeper.keep({ access_token: '', ...answer })
  return told('plain', `Signed in as ${name}`, 'Now call the API and look at what goes with the request.')
}

async function call(keeper: Keeper, init?: RequestInit): Promise<Outcome> {
  return ofCall(keeper.way, await ask(keeper, 'echo', init))
}

async function refresh({ latchkey }: Keeper): Promise<Outcome> {
  await latchkey.refresh()
  const text =
    'The refresh token was spent for a new access token and a new refresh token. The old ones are worth nothing.'
  return told('good', 'Renewed', text)
}

/** Both: the server ends what it knows, and the browser forgets what it has. */
async function signOut(keeper: Keeper): Promise<Outcome> {
  const { status } = await ask(keeper, 'logout', post({})).catch(() => ({ status: 0 }))
  await keeper.latchkey.clear()
  const server = status === 200 ? 'The server ended it' : 'The server did not know it any more'
  return told('plain', 'Signed out', `${server}, and this browser has forgotten it.`)
}

async function reload(): Promise<Outcome> {
  location.reload()
  return told('plain', 'Reloading', '')
}

const actions = {
  get: (keeper: Keeper) => call(keeper),
  post: (keeper: Keeper) => call(keeper, post({ hello: 'world' })),
  refresh,
  reload,
  'sign-out': signOut,
  ...attack,
}

export type Action = keyof typeof actions

export function isAction(name: string | undefined): name is Action {
  return name !== undefined && Object.hasOwn(actions, name)
}

export function act(action: Action, keeper: Keeper): Promise<Outcome> {
  return orTold(actions[action](keeper))
}

/** An error is an outcome, too. */
export function orTold(outcome: Promise<Outcome>): Promise<Outcome> {
  return outcome.catch((error: unknown) => {
    const title = isLatchkeyError(error) ? `Latchkey reports ${error.code}` : 'The request failed'
    return told('bad', title, error instanceof Error ? error.message : String(error))
  })
}
