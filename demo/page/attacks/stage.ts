import { part } from '../dom.js'
import { filled, words } from '../word.js'
import type { Outcome } from './finding.js'

export type Stage = (place: HTMLElement, work: () => Promise<Outcome>) => Promise<void>

/** One thing at a time, for the victims are the same; and what came of it is told, aloud too. */
export function createStage(): Stage {
  let isTaken = false
  return async (place, work) => {
    if (place.ariaBusy === 'true') return
    if (isTaken) return report(place, { tone: 'plain', text: words.attacks.oneAtATime })
    isTaken = true
    place.ariaBusy = 'true'
    report(place, { tone: 'plain', text: words.attacks.running })
    report(place, await work().catch(failed))
    place.ariaBusy = 'false'
    isTaken = false
  }
}

function failed(error: unknown): Outcome {
  return { tone: 'bad', text: filled(words.attacks.failed, { message: String(error) }) }
}

function report(place: HTMLElement, { tone, text }: Outcome): void {
  const result = part(place, '.result', HTMLElement)
  result.dataset.tone = tone
  part(result, 'p', HTMLElement).textContent = text
}
