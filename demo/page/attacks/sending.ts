import { isLatchkeyError } from '../../../src/index.js'
import { post, type Seen } from '../server.js'
import { filled, words } from '../word.js'
import { byHand } from './by-hand.js'
import { bad, type Finding, good, type Outcome } from './finding.js'
import { foreignServer, givenAway } from './foreign-server.js'
import type { Victim } from './victims.js'

const say = words.attacks.sending

/** Calls an address of the attacker's choice, through latchkey and by hand, and looks at what arrived there. */
async function called(
  victims: readonly Victim[],
  addressOf: (collector: string) => string,
): Promise<Finding[]> {
  const server = await foreignServer()
  const tried = async (victim: Victim, by: keyof typeof senders) => {
    const { url, arrived } = server.collector(victim, by)
    const how = await senders[by](victim, addressOf(url))
    return outcomeOf(victim, how, await arrived())
  }
  return Promise.all(
    victims.map(async (victim) => {
      const [ours, others] = [await tried(victim, 'latchkey'), await tried(victim, 'hand')]
      return { victim, outcomes: [ours, others], short: shortOf(ours, others) }
    }),
  )
}

const senders = {
  async latchkey({ latchkey }: Victim, address: string): Promise<string> {
    try {
      await latchkey.fetch(address, post({}))
      return say.sent
    } catch (error) {
      if (isLatchkeyError(error)) return filled(say.refused, { code: error.code })
      throw error
    }
  },
  async hand(victim: Victim, address: string): Promise<string> {
    await byHand(victim, address)
    return say.sent
  },
}

/** An address of our own server that leads to any other. */
export function redirect(victims: readonly Victim[]): Promise<Finding[]> {
  return called(victims, (collector) => `/api/lab/attacks/redirect?to=${encodeURIComponent(collector)}`)
}

/** An address of another server, as it may get into code by a mistake or from an answer. */
export function foreign(victims: readonly Victim[]): Promise<Finding[]> {
  return called(victims, (collector) => collector)
}

function outcomeOf(victim: Victim, how: string, requests: readonly Seen[]): Outcome {
  const lost = givenAway(victim, requests)
  if (lost.length > 0) return bad(`${how} ${say.arrived}`, lost.join('\n'))
  return good(`${how} ${requests.length > 0 ? say.bare : say.never}`)
}

/** What was given away in spite of latchkey, and what would have been without it. */
function shortOf(ours: Outcome, others: Outcome): Outcome {
  const names = others.code?.replace(/[:=].*/gm, '').split('\n') ?? []
  const without =
    names.length > 0 ? filled(say.without, { names: [...new Set(names)].join(', ') }) : say.neither
  return ours.tone === 'bad' ? bad(say.shortBad) : good(`${say.shortGood} ${without}`)
}
