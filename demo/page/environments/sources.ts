import { element, part } from '../dom.js'
import { environmentHere } from './environments.js'

/** Names, texts and words of JSON and TypeScript. */
const MARKED =
  /("[$\w]+"(?=:))|("[^"]*"|'[^']*')|\b(import|export|from|with|const|async|await|function|return|if|throw|new)\b/g
const CLASSES = ['name', 'text', 'word']

/** Shows the two files as they are, and in the configuration what counts here. */
export function showSources(): void {
  show('#config', '/environments/latchkey.json', ofEnvironment(environmentHere()))
  show('#source', '/environments/app.ts', () => '')
}

async function show(selector: string, file: string, classOf: (line: string) => string): Promise<void> {
  const text = await (await fetch(file)).text()
  const lines = text.trimEnd().split('\n')
  part(document, selector, HTMLElement).replaceChildren(...lines.map((line) => lineOf(line, classOf(line))))
}

function lineOf(line: string, kind: string): HTMLElement {
  const made = element('span', `line ${kind}`, ...marked(line), '\n')
  // So that what goes on in the next line is not taken for less indented.
  made.style.setProperty('--indent', `${line.search(/\S|$/)}ch`)
  return made
}

/** Tells of each line whether it is of this environment, of another, or of all: told by how the file is indented. */
function ofEnvironment(name: string): (line: string) => string {
  let current = ''
  return (line) => {
    const [, opened] = /^ {4}"(\w+)": \{$/.exec(line) ?? []
    if (opened) current = opened === name ? 'here' : 'elsewhere'
    const kind = current
    if (/^ {4}\}/.test(line)) current = ''
    return kind
  }
}

function marked(line: string): (string | Node)[] {
  const parts: (string | Node)[] = []
  let end = 0
  for (const match of line.matchAll(MARKED)) {
    const kind = CLASSES[match.slice(1).findIndex(Boolean)] ?? ''
    parts.push(line.slice(end, match.index), element('span', kind, match[0]))
    end = match.index + match[0].length
  }
  return [...parts, line.slice(end)]
}
