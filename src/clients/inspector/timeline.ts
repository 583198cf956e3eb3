import { element } from './dom.js'
import { type Entry, sentenceOf } from './entry.js'
import type { InspectorWords } from './words.js'

/** What happened, as far as it is kept. */
export interface Timeline {
  readonly root: HTMLElement
  /** @param who the tab it happened in */
  add(entry: Entry, who: string): void
}

export function createTimeline(words: InspectorWords): Timeline {
  const list = element('ol')
  // It scrolls, so the keyboard has to get there.
  const scrolled = element('div', { role: 'group', tabindex: '0', 'aria-label': words.timeline }, list)
  return {
    root: element('div', { part: 'timeline' }, element('p', { part: 'term' }, words.timeline), scrolled),
    add(entry, who) {
      list.prepend(rowOf(entry, who, words))
      while (list.childElementCount > MOST) list.lastChild?.remove()
    },
  }
}

function rowOf(entry: Entry, who: string, words: InspectorWords): HTMLElement {
  const time = element('time', {}, new Date().toTimeString().slice(0, 8))
  const kind = element('code', {}, entry.type)
  const subject = element('b', {}, [who, entry.name].filter(Boolean).join(' · '))
  const text = element('span', {}, subject, ` ${sentenceOf(entry, words)}`)
  return element('li', { 'data-type': entry.type, 'data-how': entry.how }, time, ' ', kind, ' ', text)
}

const MOST = 200
