import { element } from '../../dom.js'
import { filled } from '../../word.js'
import { type Lane, lanes, type Message, says } from './message.js'

/** The diagram: the heads of the lanes for the eye, and a list of sentences for everybody. */
export function drawn(messages: readonly Message[]): HTMLElement[] {
  const used = new Set(messages.flatMap(({ from, to }) => [from, to]))
  const shown = lanes.filter((lane) => used.has(lane) || lane === 'code' || lane === 'latchkey')
  const heads = element('div', 'lanes', ...shown.map((lane) => element('span', lane, says.lanes[lane])))
  heads.ariaHidden = 'true'
  const list = element('ol', 'sequence', ...messages.map((message) => row(message, shown)))
  const diagram = element('div', 'diagram', heads, list)
  diagram.dataset.lanes = String(shown.length)
  return [diagram]
}

function row(message: Message, shown: readonly Lane[]): HTMLElement {
  const { from, to, text, lines = [], tone } = message
  const who = filled(from === to ? says.alone : says.between, { from: says.lanes[from], to: says.lanes[to] })
  const said = element('p', '', element('span', 'who', who), ' ', text)
  const codes = lines.map((line) => element('code', '', line))
  const made = element('li', '', element('div', 'words', said, ...codes), arrow(from, to))
  Object.assign(made.dataset, { from, to, ...placed(message, shown) }, tone && { tone })
  return made
}

/** Between which columns it is drawn: a lane has two, and its line is the middle of them. */
function placed({ from, to }: Message, shown: readonly Lane[]) {
  const [start = 0, end = 0] = [from, to].map((lane) => 2 * shown.indexOf(lane) + 2).sort((a, b) => a - b)
  // What is said on the right has more room to its left.
  return { start, end, side: start > shown.length + 1 ? 'right' : 'left' }
}

function arrow(from: Lane, to: Lane): HTMLElement {
  const distance = lanes.indexOf(to) - lanes.indexOf(from)
  const line = element('span', distance === 0 ? 'dot-arrow' : distance > 0 ? 'arrow right' : 'arrow left')
  line.ariaHidden = 'true'
  return line
}
