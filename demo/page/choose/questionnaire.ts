import { element, part } from '../dom.js'
import { words } from '../word.js'
import { type Answers, asked, type Question, questions } from './answers.js'

const names = Object.keys(questions) as Question[]

/** Puts a group of radio buttons for each question, the first answer chosen. */
export function fillQuestions(root: HTMLElement): void {
  root.replaceChildren(...names.map(groupOf))
}

function groupOf(question: Question): HTMLElement {
  const { text, options } = words.choose.questions[question]
  const labels: Readonly<Record<string, string>> = options
  const choices = questions[question].map((answer, at) =>
    choiceOf(question, answer, labels[answer] ?? '', at === 0),
  )
  const group = element('fieldset', '', element('legend', '', text), element('div', 'options', ...choices))
  group.dataset.question = question
  return group
}

function choiceOf(question: Question, answer: string, text: string, checked: boolean): HTMLElement {
  const radio = element('input', '')
  Object.assign(radio, { type: 'radio', name: question, value: answer, checked })
  return element('label', 'option', radio, element('span', '', text))
}

/** What is answered now. */
export function answersIn(form: HTMLFormElement): Answers {
  const given = new FormData(form)
  return Object.fromEntries(names.map((name) => [name, given.get(name)])) as Answers
}

/** Leaves out what decides nothing any more. */
export function showAsked(form: HTMLFormElement, answers: Answers): void {
  const wanted = asked(answers)
  for (const name of names) part(form, `[data-question=${name}]`, HTMLElement).hidden = !wanted.includes(name)
}
