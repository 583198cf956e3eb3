import type { LatchkeyEvent, LatchkeyState } from '../../../src/index.js'
import { element } from '../dom.js'
import { filled, words } from '../word.js'

const says = words.sideBySide.logged

/** One line of the log of what latchkey told its listeners. */
export function logged(state: LatchkeyState, event: LatchkeyEvent): HTMLElement {
  const time = new Date().toLocaleTimeString(words.lab.language)
  return element(
    'li',
    '',
    element('time', '', time),
    ' ',
    element('b', '', event.type),
    ` ${detailOf(state, event)}`,
  )
}

function detailOf({ status, reason }: LatchkeyState, event: LatchkeyEvent): string {
  if (event.type === 'not-attached') return filled(says.notAttached, { origin: event.origin, why: event.why })
  const because = reason ? filled(says.because, { reason }) : ''
  const error = 'error' in event && event.error ? `, ${event.error.code}` : ''
  return `${filled(says.status, { status })}${because}${error}`
}
