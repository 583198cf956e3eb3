import { element, part } from '../dom.js'
import { words } from '../word.js'
import { type Act, call, signIn, signOut, type Told, tryCopy } from './actions.js'
import { createKeptNow } from './kept-now.js'
import { createKinds, type KeptKind } from './kinds.js'
import { withLog } from './with-log.js'

const { kinds: texts, buttons, said, nothingDone } = words.serverKeeps

type Run = (kind: KeptKind, act: Act) => Promise<void>

/** Fills the section, when it is first shown. */
export function open(root: HTMLElement): void {
  const look = createKeptNow(root)
  const run = oneAtATime(root, async (kind, act) => {
    const name = part(root, 'input', HTMLInputElement).value
    const [told, did] = await withLog(kind.id, () => act(kind, name))
    await look()
    tell(root, told)
    showDone(root, did)
  })
  part(root, '.keeps-kinds', HTMLElement).append(...createKinds().map((kind) => cardOf(kind, run)))
  look()
}

/** Buttons stay enabled meanwhile, for a disabled one would lose the keyboard's focus. */
function oneAtATime(root: HTMLElement, work: Run): Run {
  return async (kind, act) => {
    if (root.ariaBusy === 'true') return
    root.ariaBusy = 'true'
    const failed = { tone: 'bad', title: said.failed, text: words.serverKeeps.unreachable } as const
    await work(kind, act).catch(() => tell(root, failed))
    root.ariaBusy = 'false'
  }
}

function cardOf(kind: KeptKind, run: Run): HTMLElement {
  const { title, about } = texts[kind.id]
  const button = (action: keyof typeof buttons, act: Act) => {
    const made = element('button', action === 'signIn' ? 'main' : '', buttons[action])
    made.type = 'button'
    made.dataset.action = action
    made.addEventListener('click', () => run(kind, act))
    return made
  }
  const row = element(
    'div',
    'row',
    button('signIn', signIn),
    button('call', call),
    button('signOut', signOut),
  )
  if (kind.canBeCopied) row.append(button('useCopy', tryCopy))
  row.role = 'group'
  row.ariaLabel = title
  const card = element('div', 'keeps-kind', element('h3', '', title), element('p', '', about), row)
  card.id = `keeps-${kind.id}`
  return card
}

function tell(root: HTMLElement, { tone, title, text }: Told): void {
  const result = part(root, '.result', HTMLElement)
  result.dataset.tone = tone
  result.replaceChildren(element('strong', '', title), element('p', '', text))
}

function showDone(root: HTMLElement, lines: readonly string[]): void {
  const shown = lines.length > 0 ? lines : [nothingDone]
  const done = part(root, '.keeps-did', HTMLElement)
  done.hidden = false
  part(done, 'ol', HTMLElement).replaceChildren(...shown.map((line) => element('li', '', line)))
}
