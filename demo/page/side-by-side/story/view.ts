import { part } from '../../dom.js'
import type { Way } from '../../ways/way.js'
import { filled, words } from '../../word.js'
import { showHappened, showNothing } from '../sequence/happened.js'
import type { Memory } from './memory.js'
import type { Result } from './result.js'
import { type Step, steps } from './step.js'
import { createTable } from './table.js'

const says = words.sideBySide

/** What the story shows: how far it is, what came of each step, and what happened in the one that is looked at. */
export interface View {
  begun(step: Step, way: Way): void
  ended(step: Step, way: Way, result: Result): void
  /** Shows the step, or what was looked at before, or a call, if there is such a result. */
  finish(step?: Step): void
  /** Shows what is remembered. */
  restore(): void
}

export function createView(
  root: HTMLElement,
  ways: readonly Way[],
  memory: Memory,
  press: (step: Step) => void,
): View {
  const status = part(root, '#story-status', HTMLElement)
  const choose = (step: Step, way: Way, result: Result) => {
    memory.choose(step, way)
    table.mark(step, way)
    showHappened(root, way, step, result)
  }
  const look = (step: Step, candidates: readonly Way[]) => {
    const way = candidates.find((one) => memory.result(step, one))
    const result = way && memory.result(step, way)
    if (result) choose(step, way, result)
  }
  const table = createTable(root, ways, {
    step: press,
    cell(step, way) {
      look(step, [way])
      part(root, '#happened', HTMLElement).scrollIntoView({ block: 'nearest' })
    },
  })
  const finish = (step?: Step) => {
    const [before = 'call', id] = memory.chosen() ?? []
    look(step ?? before, [...ways.filter((way) => way.id === id), ...ways])
  }
  return {
    begun(step, way) {
      status.textContent = filled(says.running, { step: says.steps[step].name })
      table.running(step, way)
    },
    ended(step, way, result) {
      memory.keep(step, way, result)
      table.show(step, way, result)
    },
    finish(step) {
      status.textContent = says.done
      finish(step)
    },
    restore() {
      for (const step of steps) for (const way of ways) table.show(step, way, memory.result(step, way))
      if (memory.chosen()) finish()
      else showNothing(root)
    },
  }
}
