import { post } from '../server.js'
import { filled, words } from '../word.js'
import type { KeptKind } from './kinds.js'

export interface Told {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly title: string
  readonly text: string
}

export type Act = (kind: KeptKind, name: string) => Promise<Told>

const { said, errors } = words.serverKeeps

export const signIn: Act = async (kind, name) => {
  const answer = await kind.latchkey.fetch(`/api/${kind.id}/login`, post({ name }))
  if (!answer.ok) return refused(answer)
  await kind.keep(await answer.json())
  return { tone: 'plain', title: filled(said.signedIn, { name: name.trim() }), text: said.lookBelow }
}

export const call: Act = async ({ id, latchkey }) => {
  const answer = await latchkey.fetch(`/api/${id}/echo`)
  if (!answer.ok) return refused(answer)
  const { name } = await answer.json()
  return { tone: 'good', title: filled(said.known, { name }), text: said.howItKnew }
}

/** Ends it at the server, as far as that can, and forgets it here whatever the server says. */
export const signOut: Act = async ({ id, latchkey }) => {
  const answer = await latchkey.fetch(`/api/${id}/logout`, post({})).finally(() => latchkey.clear())
  if (!answer.ok) return refused(answer)
  return { tone: 'plain', title: said.signedOut, text: said.after[id] }
}

/** As a thief would, from anywhere: latchkey has no part in it. */
export const tryCopy: Act = async ({ id, latchkey, copy }) => {
  if (!copy) return { tone: 'plain', title: said.noCopy, text: said.noCopyText }
  const answer = await fetch(`/api/${id}/echo`, { headers: { Authorization: `Bearer ${copy}` } })
  if (!answer.ok) return { ...(await refused(answer)), tone: 'good', title: said.copyRefused }
  const isStillIn = latchkey.state.status === 'signed-in'
  const text = isStillIn ? said.notSignedOut : said.cannotTakeBack
  return { tone: 'bad', title: said.copyWorks, text }
}

async function refused(answer: Response): Promise<Told> {
  const { error } = await answer.json()
  const text = Object.entries(errors).find(([code]) => code === error)?.[1] ?? errors.other
  return { tone: 'bad', title: filled(said.refused, { status: answer.status }), text }
}
