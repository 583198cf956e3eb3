import { element, part } from '../dom.js'
import { words } from '../word.js'
import { keyOf, type Row, TABLES, type TableName, tableOf } from './tables.js'

type KeptNow = Readonly<Record<TableName, readonly Row[]>> & { readonly where: 'memory' | 'redis' }

const POLL_MS = 3_000

/** Shows what the server keeps: whenever it is told to look, and now and then while somebody can see it. */
export function createKeptNow(root: HTMLElement): () => Promise<void> {
  let shown = ''
  let keys: ReadonlySet<string> | undefined
  const look = async () => {
    const text = await (await fetch('/api/lab/kept')).text()
    // What stays as it is stays in place, with what is selected in it.
    if (text === shown) return
    shown = text
    const kept: KeptNow = JSON.parse(text)
    const rows = TABLES.flatMap((name) => kept[name]).map(keyOf)
    // At the first look nothing is new.
    show(root, kept, keys ?? new Set(rows))
    keys = new Set(rows)
  }
  const lookOrSay = () =>
    look().catch(() => {
      shown = ''
      part(root, '.keeps-where', HTMLElement).textContent = words.serverKeeps.unreachable
    })
  setInterval(() => {
    if (!root.hidden && !document.hidden) lookOrSay()
  }, POLL_MS)
  return lookOrSay
}

function show(root: HTMLElement, kept: KeptNow, before: ReadonlySet<string>): void {
  part(root, '.keeps-where', HTMLElement).textContent = words.serverKeeps.where[kept.where]
  const tables = TABLES.map((name) => tableOf(name, kept[name], before))
  part(root, '.keeps-all', HTMLElement).replaceChildren(...tables.toSpliced(2, 0, nothingOfJwts()))
}

/** Where the table of JWTs would be. */
function nothingOfJwts(): HTMLElement {
  const { title, about } = words.serverKeeps.jwts
  return element('div', 'keeps-table', element('h3', '', title), element('p', '', about))
}
