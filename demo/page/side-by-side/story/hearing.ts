import type { LatchkeyEvent, LatchkeyState } from '../../../../src/index.js'
import type { Way } from '../../ways/way.js'

/** An event as it can be written down. */
export interface Heard {
  readonly type: LatchkeyEvent['type']
  readonly why?: string
  readonly reason?: string
}

/** Keeps what each way's latchkey told its listeners until it is taken. */
export interface Hearing {
  hear(way: Way, state: LatchkeyState, event: LatchkeyEvent): void
  take(way: Way): readonly Heard[]
}

export function createHearing(): Hearing {
  const heard = new Map<string, Heard[]>()
  return {
    hear({ id }, { reason }, event) {
      if (event.type === 'initial') return
      const why = event.type === 'not-attached' ? { why: event.why } : {}
      const since = event.type === 'signed-out' && reason ? { reason } : {}
      heard.set(id, [...(heard.get(id) ?? []), { type: event.type, ...why, ...since }])
    },
    take({ id }) {
      const events = heard.get(id) ?? []
      heard.delete(id)
      return events
    },
  }
}
