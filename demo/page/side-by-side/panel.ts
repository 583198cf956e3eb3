import type { Listener } from '../../../src/index.js'
import { part } from '../dom.js'
import { createKeeper, type Keeper } from '../ways/keeper.js'
import type { Way } from '../ways/way.js'
import { act, isAction, orTold, signIn } from './actions.js'
import { showEnd, showFacts } from './facts.js'
import { enable, newPanel } from './frame.js'
import { logged } from './log.js'
import type { Outcome } from './outcome.js'
import { showOutcome } from './result.js'

type Run = (work: () => Promise<Outcome>) => Promise<void>

/** All that the page shows of one way, working on a latchkey of its own. */
export function createPanel(way: Way, tell: Listener): { root: HTMLElement; keeper: Keeper } {
  const root = newPanel(way)
  const listener: Listener = (state, event) => {
    part(root, '.log', HTMLElement).prepend(logged(state, event))
    tell(state, event)
    // The first event comes before there is a keeper.
    queueMicrotask(() => update(root, keeper))
  }
  const keeper = createKeeper(way, listener)
  wire(root, keeper, oneAtATime(root, keeper))
  setInterval(() => showEnd(root, keeper.latchkey.state), 1000)
  return { root, keeper }
}

function update(root: HTMLElement, { way, latchkey }: Keeper): void {
  enable(root, latchkey.state)
  showFacts(root, way, latchkey.state)
}

/** Buttons stay enabled meanwhile, for a disabled one would lose the keyboard's focus. */
function oneAtATime(root: HTMLElement, keeper: Keeper): Run {
  return async (work) => {
    if (root.ariaBusy === 'true') return
    root.ariaBusy = 'true'
    const outcome = await orTold(work())
    root.ariaBusy = 'false'
    update(root, keeper)
    showOutcome(root, keeper.way, outcome)
  }
}

function wire(root: HTMLElement, keeper: Keeper, run: Run): void {
  root.addEventListener('submit', (event) => {
    event.preventDefault()
    run(() => signIn(keeper, part(root, 'input', HTMLInputElement).value))
  })
  for (const button of root.querySelectorAll('button'))
    button.addEventListener('click', () => {
      const { action } = button.dataset
      if (isAction(action)) run(() => act(action, keeper))
    })
}
