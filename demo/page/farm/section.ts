import { part } from '../dom.js'
import { createKeeper, type Keeper } from '../ways/keeper.js'
import { ways } from '../ways/ways.js'
import { words } from '../word.js'
import { look } from './farm.js'
import { oneAtATime } from './one-at-a-time.js'
import { showFarm, showResult } from './show.js'
import { callOther, callTen, loseOne, signIn, signOut, toggle } from './story.js'

const { farm: said } = words

/** Those that differ in how a server knows a credential that another one has given out. */
const shown = ways.filter(({ id }) => ['session', 'jwt-local', 'token'].includes(id))

/** Fills the section, when it is first shown. */
export async function open(root: HTMLElement): Promise<void> {
  part(root, 'select', HTMLSelectElement).append(...shown.map(({ id, title }) => new Option(title, id)))
  enable(root, false)
  // Without network as without a farm: the section says how to start one.
  const farm = await look().catch(() => undefined)
  if (!farm || farm.servers.length === 0) return
  showFarm(root, farm)
  showResult(root, { tone: 'plain', title: said.readyTitle, text: said.ready })
  wire(root)
  enable(root, true)
}

/** Not left to the page's source alone: Firefox keeps over a reload what was enabled. */
function enable(root: HTMLElement, isFarm: boolean): void {
  for (const button of root.querySelectorAll('button')) button.disabled = !isFarm
}

const actions = { other: callOther, ten: callTen, lose: loseOne, 'sign-out': signOut }

function wire(root: HTMLElement): void {
  const run = oneAtATime(root)
  const keeper = keepersOf(root)
  root.addEventListener('submit', (event) => {
    event.preventDefault()
    run(() => signIn(keeper(), part(root, 'input', HTMLInputElement).value))
  })
  for (const [action, act] of Object.entries(actions))
    onClick(root, `[data-action=${action}]`, () => run(() => act(keeper())))
  for (const { dataset } of root.querySelectorAll<HTMLElement>('.farm-server'))
    onClick(root, `[data-server=${dataset.name}]`, () =>
      run(() => toggle(dataset.name ?? '', dataset.alive === 'true')),
    )
}

/** The keeper of the way that is chosen now. Each has a latchkey of its own, and goes on where it was. */
function keepersOf(root: HTMLElement): () => Keeper {
  const keepers = new Map<string, Keeper>()
  return () => {
    const { value } = part(root, 'select', HTMLSelectElement)
    const way = shown.find(({ id }) => id === value)
    if (!way) throw new Error(`There is no way ${value}`)
    const keeper = keepers.get(value) ?? createKeeper(way, () => {})
    keepers.set(value, keeper)
    return keeper
  }
}

function onClick(root: HTMLElement, selector: string, act: () => void): void {
  part(root, selector, HTMLButtonElement).addEventListener('click', act)
}
