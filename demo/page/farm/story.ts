import { post } from '../server.js'
import type { Keeper } from '../ways/keeper.js'
import { filled, words } from '../word.js'
import { call, calls, failed, serverOf } from './calls.js'
import { change, look } from './farm.js'
import { failure, type Outcome, share } from './outcome.js'
import { forgetSigner, keepSigner, signerOf } from './signer.js'

const { farm: said } = words

export async function signIn({ way, latchkey, keep }: Keeper, name: string): Promise<Outcome> {
  const response = await latchkey.fetch(`/api/${way.kind}/login`, post({ name }))
  const done = { server: serverOf(response), status: response.status, name }
  if (!response.ok) return failure(said.didSignIn, [done])
  await keep({ access_token: '', ...(await response.json()) })
  keepSigner(way, done.server)
  const title = filled(said.signedInTitle, done)
  return { tone: 'good', title, text: said.signedIn, did: said.didSignIn, calls: [done] }
}

/** In turn, the second is from the other one; there may be others who call as well. */
const MOST_CALLS = 6

/** Until the other one has answered. */
export async function callOther(keeper: Keeper): Promise<Outcome> {
  const signer = signerOf(keeper.way)
  const done = [await call(keeper)]
  const isOther = () => done.at(-1)?.server !== (signer ?? done[0]?.server)
  while (failed(done).length === 0 && !isOther() && done.length < MOST_CALLS) done.push(await call(keeper))
  if (failed(done).length > 0) return failure(said.didCall, done)
  const { server = '', name = '' } = done.at(-1) ?? {}
  const outcome = { title: filled(said.otherTitle, { server, name }), did: said.didCall, calls: done }
  if (!isOther()) return { ...outcome, tone: 'plain', text: await whyAlone(server) }
  const how = ofKind(said.found, keeper)
  return { ...outcome, tone: 'good', text: signer ? filled(said.notSigner, { server, how }) : how }
}

async function whyAlone(server: string): Promise<string> {
  const { servers } = await look()
  const isOtherUp = servers.some(({ name, alive }) => alive && name !== server)
  return isOtherUp ? said.otherSilent : said.otherAlone
}

/** The text that fits the way. */
function ofKind(texts: Readonly<Record<string, string>>, { way }: Keeper): string {
  return texts[way.kind] ?? ''
}

export async function callTen(keeper: Keeper): Promise<Outcome> {
  const done = await calls(keeper, upTo(10))
  if (failed(done).length > 0) return failure(said.didCall, done)
  const title = filled(said.tenTitle, { count: done.length, name: done[0]?.name ?? '' })
  return {
    tone: 'good',
    title,
    text: filled(said.ten, { share: share(done) }),
    did: said.didCall,
    calls: done,
  }
}

/** Calls before, while and after a server is taken down: the one that has signed the user in, where it is up. */
export async function loseOne(keeper: Keeper): Promise<Outcome> {
  const up = (await look()).servers.filter(({ alive }) => alive).map(({ name }) => name)
  const server = up.find((name) => name === signerOf(keeper.way)) ?? up[0] ?? ''
  const before = await calls(keeper, upTo(10))
  let isDown = false
  const stopped = change('stop', server).finally(() => {
    isDown = true
  })
  const [during] = await Promise.all([calls(keeper, () => !isDown), stopped])
  const done = [...before, ...during, ...(await calls(keeper, upTo(10)))]
  const did = filled(said.didLose, { server })
  if (failed(done).length > 0) return failure(did, done)
  const title = filled(said.lostTitle, { server, count: done.length })
  const text = filled(said.lost, { share: share(done), server, name: done.at(-1)?.name ?? '' })
  return { tone: 'good', title, text, did, calls: done }
}

function upTo(count: number): () => boolean {
  let left = count
  return () => left-- > 0
}

export async function signOut(keeper: Keeper): Promise<Outcome> {
  const { way, latchkey } = keeper
  // Whatever the server says: who wants to leave is not kept.
  const response = await latchkey.fetch(`/api/${way.kind}/logout`, post({})).finally(() => latchkey.clear())
  forgetSigner(way)
  const done = { server: serverOf(response), status: response.status }
  if (!response.ok) return failure(said.didSignOut, [done])
  const title = filled(said.signedOutTitle, done)
  return { tone: 'plain', title, text: ofKind(said.signedOut, keeper), did: said.didSignOut, calls: [done] }
}

/** Ends a server or starts it again, with no calls meanwhile. */
export async function toggle(name: string, isAlive: boolean): Promise<Outcome> {
  await change(isAlive ? 'stop' : 'start', name)
  const [title, text] = isAlive ? [said.stoppedTitle, said.stopped] : [said.startedTitle, said.started]
  return { tone: 'plain', title: filled(title, { name }), text }
}
