import { element, part } from '../dom.js'
import { addNote, latchkey, notes, signIn, signOut, whoAmI } from './app.js'

const root = () => part(document, '#app', HTMLElement)

/** What the user sees of the app: it knows of no environment either. */
export function createApp(afterwards: () => void): void {
  const run = (work: () => Promise<string>) => settle(work).then(afterwards)
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

async function settle(work: () => Promise<string>): Promise<void> {
  const [tone, text] = await work().then(
    (text) => ['good', text] as const,
    (error: unknown) => ['bad', error instanceof Error ? error.message : String(error)] as const,
  )
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
