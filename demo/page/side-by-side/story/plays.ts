import { ask, askForeign, post } from '../../server.js'
import type { Keeper } from '../../ways/keeper.js'
import { words } from '../../word.js'
import { holdsSecret } from '../attack.js'
import { bad, type Ending, good, plain } from './result.js'
import type { Stage } from './stage.js'
import type { OwnStep } from './step.js'

type Play = (stage: Stage) => Promise<Ending>

const path = ({ way }: Keeper, name: string) => `/api/${way.kind}/${name}`
const get = (keeper: Keeper) => `latchkey.fetch('${path(keeper, 'echo')}')`
const posted = (keeper: Keeper, name: string) => `latchkey.fetch('${path(keeper, name)}', { method: 'POST' })`

const signIn: Play = async ({ keeper, act, rests }) => {
  const name = words.sideBySide.storyName
  const answer = await act(posted(keeper, 'login'), () => ask(keeper, 'login', post({ name })))
  if (answer.status !== 200) return bad('refused', { status: answer.status })
  await act('latchkey.set(answer)', () => keeper.keep({ access_token: '', ...answer }), rests('keeps'))
  return good('signedIn')
}

const callNow = ({ keeper, act }: Stage) => act(get(keeper), () => ask(keeper, 'echo'))

const call: Play = async (stage) => {
  const { status } = await callNow(stage)
  if (status !== 200) return bad('refused', { status })
  return good(stage.keeper.way.sentBy === 'browser' ? 'byBrowser' : 'byLatchkey')
}

/** Played after the page was loaded again. */
const reload: Play = async (stage) => {
  const { keeper, act, rests } = stage
  const found = async () => ({ ...(await rests('finds')()), aside: 'reloaded' as const })
  const { status } = await act('latchkey.ready()', () => keeper.latchkey.ready(), found)
  if (status === 'signed-out') return bad('signedOut')
  return (await callNow(stage)).status === 200 ? good('stillSignedIn') : bad('signedOut')
}

const expiry: Play = async (stage) => {
  const { keeper, act } = stage
  // At the kind's own address, which is where a session's cookie goes.
  const { status } = await act(
    '',
    () => ask(keeper, 'expire', post({})),
    async () => ({ aside: 'expired' }),
  )
  if (status !== 200) return bad('refused', { status })
  const answer = await callNow(stage)
  if (answer.status === 200) return good('repaired')
  return keeper.way.isRefreshable ? bad('refused', { status: answer.status }) : plain('sessionOver')
}

const refresh: Play = async ({ keeper, act, rests }) => {
  await act('latchkey.refresh()', () => keeper.latchkey.refresh(), rests('keeps'))
  return good('newToken')
}

/** What a script that should not be there could do, and a reload after it. */
const tamper: Play = async (stage) => {
  const { keeper, act } = stage
  const change = async () => {
    await keeper.way.place.tamper?.()
    await keeper.reopen({ refresh: true })
  }
  await act('', change, async () => ({ aside: 'tampered', events: [] }))
  const { status } = await callNow(stage)
  const refused = stage.acts.at(-1)?.entries[0]?.status === 401
  if (!refused) return bad('accepted')
  return status === 200 ? good('refusedRepaired') : good('refusedOnly')
}

const foreign: Play = async ({ keeper, act }) => {
  const { arrived } = await act(
    '',
    () => askForeign(keeper),
    async (given) => ({ arrived: given.arrived, code: `latchkey.fetch('${given.origin}/collect')` }),
  )
  return arrived.some(holdsSecret) ? bad('leaked') : good('nothingLeft')
}

const signOut: Play = async ({ keeper, act, rests }) => {
  const leave = () => ask(keeper, 'logout', post({}))
  const { status } = await act(posted(keeper, 'logout'), leave).catch(() => ({ status: 0 }))
  await act('latchkey.clear()', () => keeper.latchkey.clear(), rests('forgets'))
  return status === 200 ? good('endedBoth') : plain('endedHere')
}

/** What is done in each step. */
export const plays: Readonly<Record<OwnStep, Play>> = {
  signIn,
  call,
  reload,
  expiry,
  refresh,
  tamper,
  foreign,
  signOut,
}
