import { withoutComments } from '../architecture/source.js'

/** One of the numbered promises, with the lines below it. */
interface Guarantee {
  readonly number: string
  readonly tests: readonly string[]
}

const SECTION = /^## Guarantees$([\s\S]*?)(?=^## )/m
const ITEM = /^(\d+)\. [\s\S]*?(?=^\d+\. |^#|$(?![\s\S]))/gm
const TEST = /^\[(.+)\]\(\1\): “(.+)”$/

function guaranteesOf(markdown: string): Guarantee[] {
  const section = SECTION.exec(markdown)?.[1] ?? ''
  return [...section.matchAll(ITEM)].map(([item, number = '']) => ({
    number,
    tests: [...item.matchAll(/^ +- (.*)$/gm)].map(([, line = '']) => line),
  }))
}

function wrongTest(line: string, read: (path: string) => string | undefined): string[] {
  const [, path, name = ''] = TEST.exec(line) ?? []
  if (path === undefined) return [`is no link to a file with a test’s name: ${line}`]
  const text = read(path)
  if (text === undefined) return [`links ${path}, which is not there`]
  return withoutComments(text).includes(name) ? [] : [`names a test that is not in ${path}: ${name}`]
}

/** Each promise that nothing proves, as a sentence. `read` gives a file's text, if there is such a file. */
export function wrongGuarantees(markdown: string, read: (path: string) => string | undefined): string[] {
  const guarantees = guaranteesOf(markdown)
  const wrong = guarantees.flatMap(({ number, tests }) => {
    const faults = tests.length > 0 ? tests.flatMap((line) => wrongTest(line, read)) : ['has no test']
    return faults.map((fault) => `${number} ${fault}`)
  })
  return guarantees.length > 0 ? wrong : ['there are no guarantees']
}

/** What changes who may read or use a credential, of all that `index.ts` exports. */
function exportedKeepers(index: string): string[] {
  const listed = [...index.matchAll(/export \{([^}]*)\}/g)].flatMap(([, names = '']) => names.split(','))
  return listed.map((name) => name.trim()).filter((name) => /^(\w+Strategy|dpop|encrypted)$/.test(name))
}

/** The strategies, and what they can be made of, that have no row in the table of what is exposed. */
export function missingRows(markdown: string, index: string): string[] {
  const rows = markdown.match(/^\|[^|]*\|/gm) ?? []
  return exportedKeepers(index).filter((name) => !rows.some((cell) => cell.includes(`\`${name}(`)))
}

/** Where the links of a page lead to that are neither on the page itself nor on the web. */
export function filesLinked(markdown: string): string[] {
  return [...markdown.matchAll(/\]\((?!#|https:)([^)#]+)/g)].map(([, path = '']) => path)
}
