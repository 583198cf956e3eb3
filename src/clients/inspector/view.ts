import { element } from './dom.js'
import { type Entry, entryOf, isOwn } from './entry.js'
import { createPanel, type Inspected, type Panel } from './panel.js'
import { joinTabs } from './tabs.js'
import { createTimeline, type Timeline } from './timeline.js'
import { filled, type InspectorWords } from './words.js'

type End = () => void

/** Shows the instances and listens to them; returns what ends that. */
export function createView(root: ShadowRoot, latchkeys: readonly Inspected[], words: InspectorWords): End {
  const timeline = createTimeline(words)
  const panels = latchkeys.map((latchkey, at) => createPanel(latchkey, numberOf(at, latchkeys), words))
  const tabs = joinTabs((entry, number) =>
    timeline.add(entry, filled(words.otherTab, { number: String(number) })),
  )
  root.replaceChildren(sectionOf(panels, timeline, words))
  const timer = setInterval(() => panels.forEach(({ tick }) => void tick()), 1000)
  const ends = [() => clearInterval(timer), tabs.leave, () => root.replaceChildren()]
  const end = () => ends.forEach((one) => void one())
  const happened = (entry: Entry) => {
    timeline.add(entry, words.thisTab)
    if (isOwn(entry)) tabs.tell(entry)
  }
  try {
    panels.forEach((panel, at) => void ends.push(follow(panel, numberOf(at, latchkeys), happened)))
  } catch (error) {
    end()
    throw error
  }
  return end
}

/** Which of several it is; nothing where there is one. */
function numberOf(at: number, { length }: readonly Inspected[]): string {
  return length > 1 ? `${at + 1} ` : ''
}

function follow({ latchkey, show }: Panel, number: string, happened: (entry: Entry) => void): End {
  return latchkey.subscribe(
    (state, event) => {
      show(state)
      happened(entryOf(number + state.strategy, state, event))
    },
    { requests: true },
  )
}

function sectionOf(panels: readonly Panel[], timeline: Timeline, words: InspectorWords): HTMLElement {
  const roots = panels.length ? panels.map((one) => one.root) : [element('p', {}, words.nothing)]
  const title = element('p', { part: 'title' }, words.title)
  return element('section', { 'aria-label': words.title }, title, ...roots, timeline.root)
}
