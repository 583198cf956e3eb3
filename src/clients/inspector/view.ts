import { element } from './dom.js'
import { entryOf, isOwn } from './entry.js'
import { createPanel, type Inspected, type Panel } from './panel.js'
import { joinTabs } from './tabs.js'
import { createTimeline, type Timeline } from './timeline.js'
import { filled, type InspectorWords } from './words.js'

/** Shows the instances and listens to them; returns what ends that. */
export function createView(
  root: ShadowRoot,
  latchkeys: readonly Inspected[],
  words: InspectorWords,
): () => void {
  const timeline = createTimeline(words)
  const numbers = latchkeys.map((_, at) => (latchkeys.length > 1 ? `${at + 1} ` : ''))
  const panels = latchkeys.map((latchkey, at) => createPanel(latchkey, numbers[at] ?? '', words))
  const ends: (() => void)[] = [() => root.replaceChildren()]
  const end = () => ends.forEach((one) => void one())
  try {
    const tabs = joinTabs((entry, number) =>
      timeline.add(entry, filled(words.otherTab, { number: String(number) })),
    )
    ends.push(tabs.leave)
    latchkeys.forEach((latchkey, at) => {
      const stop = latchkey.subscribe(
        (state, event) => {
          const entry = entryOf((numbers[at] ?? '') + state.strategy, state, event)
          panels[at]?.show(state)
          timeline.add(entry, words.thisTab)
          if (isOwn(entry)) tabs.tell(entry)
        },
        { requests: true },
      )
      ends.push(stop)
    })
  } catch (error) {
    end()
    throw error
  }
  const timer = setInterval(() => panels.forEach(({ tick }) => void tick()), 1000)
  ends.push(() => clearInterval(timer))
  root.replaceChildren(sectionOf(panels, timeline, words))
  return end
}

function sectionOf(panels: readonly Panel[], timeline: Timeline, words: InspectorWords): HTMLElement {
  const roots = panels.length ? panels.map((one) => one.root) : [element('p', {}, words.nothing)]
  const title = element('p', { part: 'title' }, words.title)
  return element('section', { 'aria-label': words.title }, title, ...roots, timeline.root)
}
