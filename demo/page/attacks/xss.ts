import { shorten } from '../shorten.js'
import { filled, words } from '../word.js'
import { bad, type Finding, good } from './finding.js'
import { type ForeignServer, foreignServer } from './foreign-server.js'
import { type Injected, keysOf, type Loot, placesOf, robbed } from './robbery.js'
import type { Victim } from './victims.js'

const say = words.attacks.xss
/** A file of its own, which the page's bundle has no part in. */
const SCRIPT = '/attack.js'

interface Robbery {
  readonly script: Injected
  readonly loot: readonly Loot[]
  readonly server: ForeignServer
}

/** Lets script into the page that looks for credentials, and tries from elsewhere what it has found. */
export async function xss(victims: readonly Victim[]): Promise<Finding[]> {
  const script: Injected = await import(SCRIPT)
  const robbery = { script, loot: await robbed(script, victims), server: await foreignServer() }
  return Promise.all(
    victims.map((victim) => (victim.token ? ofToken(victim, robbery) : ofCookie(victim, robbery))),
  )
}

async function ofToken(victim: Victim, robbery: Robbery): Promise<Finding> {
  const places = placesOf(victim, robbery.loot)
  const nothing = good(say.shortNothing)
  if (!places) return { victim, outcomes: [nothing, nothing], short: nothing }
  const keys = keysOf(victim, robbery.loot)
  const found = bad(filled(keys ? say.foundLocked : say.found, { places }), shorten(victim.token))
  const { status, name = '' } = await robbery.server.use(victim)
  if (status === 200)
    return { victim, outcomes: [found, bad(filled(say.used, { status, name }))], short: bad(say.shortToken) }
  if (status !== 401) throw new Error(`neither used nor refused: ${status}`)
  const refused = filled(say.refused, { status })
  if (!keys) return { victim, outcomes: [found, good(refused)], short: good(say.shortLocked) }
  const here = await used(robbery.script.actWithKey(`/api/${victim.kind}/echo`, victim.token, keys))
  return { victim, outcomes: [found, bad(`${refused} ${here}`)], short: good(say.shortLocked) }
}

/** Where there is nothing to take, the page is still a place to act from. */
async function ofCookie(victim: Victim, { script, loot }: Robbery): Promise<Finding> {
  const seen = loot.find(({ where }) => where === `document.cookie › ${victim.carrier}`)
  const found = seen
    ? bad(filled(say.found, { places: seen.where }), shorten(seen.text))
    : good(say.foundNothing)
  const use = bad(await used(script.act(`/api/${victim.kind}/echo`)))
  return { victim, outcomes: [found, use], short: seen ? bad(say.shortToken) : good(say.shortUse) }
}

async function used(call: Promise<Response>): Promise<string> {
  const response = await call
  if (!response.ok) throw new Error(`the page itself was refused: ${response.status}`)
  const { name = '' } = await response.json()
  return filled(say.usedHere, { status: response.status, name })
}
