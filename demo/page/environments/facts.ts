import { element, part } from '../dom.js'
import { shorten } from '../shorten.js'
import { latchkey } from './app.js'
import { environmentHere } from './environments.js'
import { attached, type Entry, record } from './record.js'
import { places, type Resting } from './resting.js'

const SHOWN = 7

/** Shows what really happened, looked up past the library: in the browser's stores and at the server. */
export const showFacts: () => Promise<void> = oneAtATime(async () => {
  const { status, reason } = latchkey.state
  fact('environment').textContent = environmentHere()
  fact('status').textContent = reason ? `${status}, because: ${reason}` : status
  showEnd()
  const { requests, asking } = await record()
  const resting = await places(environmentHere(), asking)
  part(document, '#places', HTMLElement).replaceChildren(...resting.map(row))
  part(document, '#record', HTMLElement).replaceChildren(...requests.slice(0, SHOWN).map(line))
})

/** What happens during a look is shown by one more, so that an older answer never stands in a newer one's place. */
function oneAtATime(look: () => Promise<void>): () => Promise<void> {
  let isWanted = false
  let isLooking = false
  return async () => {
    isWanted = true
    if (isLooking) return
    isLooking = true
    try {
      while (isWanted) {
        isWanted = false
        await look()
      }
    } finally {
      isLooking = false
    }
  }
}

/** Counts down to the end. */
export function showEnd(): void {
  fact('ends').textContent = endOf(latchkey.state)
}

function endOf({ status, expiresAt }: typeof latchkey.state): string {
  if (status !== 'signed-in' && status !== 'degraded') return 'Nothing to end'
  if (expiresAt === undefined) return 'Nobody said when'
  const seconds = Math.ceil((expiresAt - Date.now()) / 1000)
  if (seconds <= 0) return 'Over: the next request will notice'
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  )
  return `In ${parts.join(':')}`
}

function row({ where, values }: Resting): HTMLElement {
  const isEmpty = values.length === 0
  const shown = values.map(([key, value]) =>
    element('code', '', element('span', 'key', key), ' = ', shorten(value)),
  )
  const made = element('div', isEmpty ? 'empty' : '', element('dt', '', where))
  made.append(element('dd', '', ...(isEmpty ? ['nothing'] : shown)))
  made.dataset.place = where
  return made
}

function line(entry: Entry): HTMLElement {
  const [method, path] = entry.line.split(' ')
  const { status = 0 } = entry
  const answer = element('span', status < 400 ? 'answer' : 'answer refused', String(status || '…'))
  const first = element('p', 'asked', element('code', '', `${method} ${path}`), answer)
  const sent = attached(entry).map(({ name, value, by }) => {
    const badge = element('span', by === 'latchkey' ? 'badge' : 'badge plain', `by ${by}`)
    return element('p', 'attached', element('code', '', `${name}: ${value}`), ' ', badge)
  })
  return element('li', '', first, ...(sent.length > 0 ? sent : [element('p', 'bare', 'nothing attached')]))
}

function fact(name: string): HTMLElement {
  return part(document, `[data-fact=${name}]`, HTMLElement)
}
