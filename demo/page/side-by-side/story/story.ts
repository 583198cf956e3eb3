import { part } from '../../dom.js'
import { lastLogged } from '../../server-log.js'
import type { Keeper } from '../../ways/keeper.js'
import { words } from '../../word.js'
import type { Hearing } from './hearing.js'
import { inTurn } from './in-turn.js'
import { createMemory } from './memory.js'
import { createRunner } from './runner.js'
import { type AllFound, awaitSecondTab, resultOf } from './second-tab.js'
import { ownEntries } from './stage.js'
import { isOwnStep, type OwnStep, steps } from './step.js'
import { createView, type View } from './view.js'

/** The same story in all ways. */
export function createStory(root: HTMLElement, keepers: readonly Keeper[], hearing: Hearing): void {
  const memory = createMemory()
  const later = inTurn()
  const ways = keepers.map(({ way }) => way)
  const view = createView(root, ways, memory, (step) => isOwnStep(step) && play([step], step))
  const runner = createRunner({ keepers, hearing, memory, ...view })
  const play = (todo: readonly OwnStep[], shown?: OwnStep) =>
    later(async () => {
      await runner.run(todo)
      view.finish(shown)
    })
  const on = (id: string, work: () => void) =>
    part(root, `#${id}`, HTMLButtonElement).addEventListener('click', work)

  on('run-story', () => play(steps.filter(isOwnStep)))
  on('forget-story', () => {
    memory.forget()
    view.restore()
    part(root, '#story-status', HTMLElement).textContent = words.sideBySide.notRun
  })
  view.restore()
  later(async () => {
    const rest = await runner.resume()
    if (rest) view.finish(rest.length === 0 ? 'reload' : undefined)
  })
  const prepared = noted(runner.prepare)
  awaitSecondTab(
    () => later(prepared.prepare),
    (found) => later(() => showSecondTab(view, keepers, found, prepared.mark())),
  )
}

/** Prepares, and notes how far the server's log was then. */
function noted(prepare: () => Promise<void>) {
  let last = 0
  return {
    mark: () => last,
    async prepare() {
      await prepare()
      last = await lastLogged()
    },
  }
}

async function showSecondTab(
  view: View,
  keepers: readonly Keeper[],
  found: AllFound,
  since: number,
): Promise<void> {
  for (const { way } of keepers) {
    const there = found[way.id]
    if (there) view.ended('secondTab', way, resultOf(there, await ownEntries(way, since)))
  }
  view.finish('secondTab')
}
