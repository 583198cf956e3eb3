import { part } from '../dom.js'
import { fillAddresses, placesIn } from './addresses.js'
import { advise } from './advice.js'
import { fillComparison } from './comparison.js'
import { enableCopy } from './copy.js'
import { answersIn, fillQuestions, showAsked } from './questionnaire.js'
import { showAdvice, showFault } from './result.js'

/** Fills the section, when it is first shown. */
export function open(root: HTMLElement): void {
  const form = part(root, 'form', HTMLFormElement)
  fillQuestions(part(form, '.asked', HTMLElement))
  fillAddresses(part(form, '.fields', HTMLElement))
  fillComparison(part(root, 'table', HTMLTableElement))
  enableCopy(root)
  const update = () => showAnswer(root, form)
  form.addEventListener('input', update)
  form.addEventListener('submit', (event) => event.preventDefault())
  update()
}

function showAnswer(root: HTMLElement, form: HTMLFormElement): void {
  const answers = answersIn(form)
  const places = placesIn(form, answers.api !== 'own')
  showAsked(form, answers)
  if (places) showAdvice(root, advise(answers, places))
  else showFault(root)
}
