import { element, part } from '../dom.js'
import { filled, words } from '../word.js'
import { failed } from './calls.js'
import type { Farm, Holding, Server } from './farm.js'
import type { Outcome } from './outcome.js'

const { farm: said } = words
const ROWS = 8

/** The servers, each with what is known of it and its button, and what Redis holds. */
export function showFarm(root: HTMLElement, { servers, redis }: Farm): void {
  for (const server of servers) showServer(root, server)
  part(root, '.farm-entries', HTMLElement).textContent = filled(said.entries, { count: redis.length })
  const body = part(root, '.farm-redis tbody', HTMLElement)
  body.replaceChildren(...(redis.length > 0 ? redis.map(holding) : [cells(said.nothing, '')]))
}

function showServer(root: HTMLElement, { name, alive, requests, pid }: Server): void {
  const item = part(root, `.farm-server[data-name="${name}"]`, HTMLElement)
  item.dataset.alive = String(alive)
  part(item, '.state', HTMLElement).textContent = alive ? filled(said.up, { pid: pid ?? '' }) : said.down
  part(item, '.answered', HTMLElement).textContent = filled(said.answered, { count: requests })
  part(item, 'button', HTMLElement).textContent = `${alive ? said.takeDown : said.start} ${name}`
}

function holding({ key, value, endsInSeconds }: Holding): HTMLElement {
  const [minutes, seconds] = [Math.floor(endsInSeconds / 60), endsInSeconds % 60]
  const endsIn = filled(said.minutes, { minutes, seconds: String(seconds).padStart(2, '0') })
  const entry = element('div', 'entry', element('code', 'key', key), element('code', '', value))
  return cells(entry, element('span', 'ends', endsIn))
}

/** A row for the calls of a button, above those of the buttons before it. */
export function showCalls(root: HTMLElement, { did = '', calls = [] }: Outcome): void {
  if (calls.length === 0) return
  const body = part(root, '.farm-runs tbody', HTMLTableSectionElement)
  // The row that says that there are none yet.
  if (body.querySelector('[colspan]')) body.replaceChildren()
  const wrong = failed(calls).length
  const outcome =
    wrong > 0 ? filled(said.notFine, { failed: wrong }) : filled(said.fine, { count: calls.length })
  const order = calls.map(({ server, status }) => {
    const item = element('li', status === 200 ? '' : 'wrong', server || '–')
    item.dataset.server = server
    return item
  })
  body.prepend(cells(did, element('ol', 'answers', ...order), outcome))
  while (body.rows.length > ROWS) body.lastElementChild?.remove()
}

export function showResult(root: HTMLElement, { tone, title, text }: Outcome): void {
  const result = part(root, '.result', HTMLElement)
  result.dataset.tone = tone
  result.replaceChildren(element('strong', '', title), element('p', '', text))
}

function cells(...contents: (string | Node)[]): HTMLElement {
  return element('tr', '', ...contents.map((content) => element('td', '', content)))
}
