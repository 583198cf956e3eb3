import { element, part } from '../dom.js'
import { addNote, latchkey, notes, signIn, signOut, whoAmI } from './app.js'

const root = () => part(document, '#app', HTMLElement)

/** What the user sees of the app: it knows of no environment either. */
export function createApp(afterwards: () => void): void {
  let latest: Promise<Outcome> | undefined
  const run = async (work: () => Promise<string>) => {
    const ending = outcomeOf(work)
    latest = ending
    const outcome = await ending
    // What was begun last has the last word, whatever else takes longer.
    if (latest === ending) say(outcome)
    afterwards()
  }
  onSubmit('#sign-in', (name) => run(() => entered(name)))
  onSubmit('#add', (text) => run(() => added(text)))
  onClick('#load', () => run(loaded))
  onClick('#sign-out', () => run(left))
  let shown = false
  latchkey.subscribe(({ status }) => {
    const isIn = status === 'signed-in' || status === 'degraded'
    if (isIn && !shown) run(loaded)
    shown = isIn
    show(status, isIn)
  })
}

function show(status: string, isIn: boolean): void {
  const entrance = part(root(), '#sign-in', HTMLElement)
  const inside = part(root(), '#inside', HTMLElement)
  root().dataset.status = status
  entrance.hidden = status !== 'signed-out'
  inside.hidden = !isIn
  // What is hidden would take the keyboard's focus with it.
  if (document.activeElement?.closest('#app [hidden]'))
    part(isIn ? inside : entrance, 'input', HTMLInputElement).focus()
}

async function entered(name: string): Promise<string> {
  await signIn(name)
  return 'Signed in.'
}

async function loaded(): Promise<string> {
  showNotes(await notes())
  part(root(), '#who', HTMLElement).textContent = (await whoAmI())?.sub
  return 'This is what the server has of you.'
}

async function added(text: string): Promise<string> {
  showNotes(await addNote(text))
  part(root(), '#add input', HTMLInputElement).value = ''
  return 'Added.'
}

async function left(): Promise<string> {
  await signOut()
  return 'Signed out: the server ended it, and this browser has forgotten it.'
}

function showNotes({ notes }: { notes: readonly string[] }): void {
  const items = notes.map((text) => element('li', '', text))
  const none = element('li', 'none', 'No notes yet.')
  part(root(), '#notes', HTMLElement).replaceChildren(...(items.length > 0 ? items : [none]))
}

interface Outcome {
  readonly tone: 'good' | 'bad'
  readonly text: string
}

function outcomeOf(work: () => Promise<string>): Promise<Outcome> {
  return work().then(
    (text) => ({ tone: 'good', text }),
    (error: unknown) => ({ tone: 'bad', text: error instanceof Error ? error.message : String(error) }),
  )
}

function say({ tone, text }: Outcome): void {
  const result = part(root(), '.result', HTMLElement)
  result.dataset.tone = tone
  result.textContent = text
}

function onSubmit(selector: string, act: (value: string) => void): void {
  const form = part(root(), selector, HTMLFormElement)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    act(part(form, 'input', HTMLInputElement).value)
  })
}

function onClick(selector: string, act: () => void): void {
  part(root(), selector, HTMLButtonElement).addEventListener('click', act)
}
