import type { LatchkeyEvent, LatchkeyState } from '../../src/index.js'
import { element } from './dom.js'

/** One line of the log of what latchkey told its listeners. */
export function logged(state: LatchkeyState, event: LatchkeyEvent): HTMLElement {
  const time = new Date().toLocaleTimeString()
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
  if (event.type === 'not-attached') return `to ${event.origin}, because: ${event.why}`
  const error = 'error' in event && event.error ? `, ${event.error.code}` : ''
  return `status ${status}${reason ? `, because: ${reason}` : ''}${error}`
}
