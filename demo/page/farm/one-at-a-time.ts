import { words } from '../word.js'
import { FarmRefusal, look } from './farm.js'
import type { Outcome } from './outcome.js'
import { showCalls, showFarm, showResult } from './show.js'

/** Does what a button is for and shows what came of it. A button that is pressed meanwhile does nothing. */
export function oneAtATime(root: HTMLElement): (work: () => Promise<Outcome>) => Promise<void> {
  return async (work) => {
    if (root.ariaBusy === 'true') return
    root.ariaBusy = 'true'
    const outcome = await work().catch(told)
    const farm = await look().catch(() => undefined)
    root.ariaBusy = 'false'
    if (farm) showFarm(root, farm)
    showCalls(root, outcome)
    showResult(root, outcome)
  }
}

/** An error is an outcome, too. */
function told(error: unknown): Outcome {
  const { errors, errorTitle } = words.farm
  const isKnown = error instanceof FarmRefusal && error.code === 'last_server'
  return { tone: 'bad', title: errorTitle, text: isKnown ? errors.last_server : errors.other }
}
