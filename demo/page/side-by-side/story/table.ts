import { element, part } from '../../dom.js'
import type { Way } from '../../ways/way.js'
import { words } from '../../word.js'
import { type Result, textOf } from './result.js'
import { isOwnStep, type Step, steps, unfit } from './step.js'

const says = words.sideBySide
const MARKS = { good: '✓', bad: '✗', plain: '•' }

export interface Pressed {
  step(step: Step): void
  cell(step: Step, way: Way): void
}

/** The steps as rows, the ways as columns. */
export interface Table {
  show(step: Step, way: Way, result: Result | undefined): void
  running(step: Step, way: Way): void
  mark(step: Step, way: Way): void
}

export function createTable(root: HTMLElement, ways: readonly Way[], pressed: Pressed): Table {
  part(root, 'thead tr', HTMLElement).append(...ways.map(columnHead))
  const cells = new Map<string, HTMLTableCellElement>()
  const cell = (step: Step, { id }: Way) => cells.get(`${step}/${id}`) ?? element('td', '')
  for (const step of steps) {
    const row = element('tr', '', rowHead(step, pressed))
    for (const way of ways) {
      const made = element('td', '', emptyCell(step, way))
      made.dataset.cell = `${step}/${way.id}`
      cells.set(made.dataset.cell, made)
      row.append(made)
    }
    part(root, 'tbody', HTMLElement).append(row)
  }
  return {
    show(step, way, result) {
      const press = () => pressed.cell(step, way)
      cell(step, way).replaceChildren(result ? filledCell(result, press) : emptyCell(step, way))
    },
    running: (step, way) => cell(step, way).replaceChildren(element('span', 'empty', says.runningCell)),
    mark(step, way) {
      for (const button of root.querySelectorAll('td button')) button.removeAttribute('aria-pressed')
      cell(step, way).querySelector('button')?.setAttribute('aria-pressed', 'true')
    },
  }
}

function columnHead({ title, rests, travels }: Way): HTMLElement {
  const head = element('th', '', title, element('span', 'rests', `${rests} → ${travels}`))
  head.scope = 'col'
  return head
}

function rowHead(step: Step, pressed: Pressed): HTMLElement {
  const head = element('th', '', isOwnStep(step) ? stepButton(step, pressed) : secondTabLink(step))
  head.scope = 'row'
  return head
}

function stepButton(step: Step, pressed: Pressed): HTMLElement {
  const button = element('button', 'step', says.steps[step].name)
  Object.assign(button, { type: 'button', title: says.steps[step].about })
  button.dataset.step = step
  button.addEventListener('click', () => pressed.step(step))
  return button
}

/** A real link: a person opens it, and no script has to be allowed to. */
function secondTabLink(step: Step): HTMLElement {
  const link = element('a', 'step', says.steps[step].name, element('span', 'unseen', ` ${says.opensTab}`))
  Object.assign(link, { href: '#side-by-side/second-tab', target: '_blank', rel: 'noopener' })
  link.title = says.steps[step].about
  link.dataset.step = step
  return link
}

function emptyCell(step: Step, way: Way): HTMLElement {
  const why = unfit(step, way)
  if (why) return element('span', 'unfit', why)
  return element('span', 'empty', element('span', 'unseen', says.notYet))
}

function filledCell(result: Result, press: () => void): HTMLElement {
  const sign = element('span', 'sign', MARKS[result.tone])
  sign.ariaHidden = 'true'
  const button = element('button', 'cell', sign, element('span', '', textOf(result)))
  button.type = 'button'
  button.dataset.tone = result.tone
  button.addEventListener('click', press)
  return button
}
