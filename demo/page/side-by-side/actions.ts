import { isLatchkeyError } from '../../../src/index.js'
import { ask, post } from '../server.js'
import type { Keeper } from '../ways/keeper.js'
import { filled, words } from '../word.js'
import { attack } from './attack.js'
import { type Outcome, ofCall, refused, told } from './outcome.js'

const says = words.sideBySide.outcome

export async function signIn(keeper: Keeper, name: string): Promise<Outcome> {
  const answer = await ask(keeper, 'login', post({ name }))
  if (answer.status !== 200) return refused(answer)
  await keeper.keep({ access_token: '', ...answer })
  return told('plain', filled(says.signedIn, { name }), says.signedInNext)
}

async function call(keeper: Keeper, init?: RequestInit): Promise<Outcome> {
  return ofCall(keeper.way, await ask(keeper, 'echo', init))
}

async function refresh({ latchkey }: Keeper): Promise<Outcome> {
  await latchkey.refresh()
  return told('good', says.renewed, says.renewedText)
}

/** Both: the server ends what it knows, and the browser forgets what it has. */
async function signOut(keeper: Keeper): Promise<Outcome> {
  const { status } = await ask(keeper, 'logout', post({})).catch(() => ({ status: 0 }))
  await keeper.latchkey.clear()
  return told('plain', says.signedOut, status === 200 ? says.signedOutBoth : says.signedOutHere)
}

async function reload(): Promise<Outcome> {
  location.reload()
  return told('plain', says.reloading, '')
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
    const title = isLatchkeyError(error) ? filled(says.latchkeyError, { code: error.code }) : says.failed
    return told('bad', title, error instanceof Error ? error.message : String(error))
  })
}
