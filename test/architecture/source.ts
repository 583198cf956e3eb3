import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Source files by their path below src/. */
export type Sources = Readonly<Record<string, string>>

export interface Import {
  readonly from: string
  /** Whether nothing of it is left when the types are gone. */
  readonly typesOnly: boolean
}

/** What users of the library are given to test with is not part of it. */
export function readSources(): Sources {
  const folder = fileURLToPath(new URL('../../src/', import.meta.url))
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const paths = all.filter((path) => path.endsWith('.ts') && !path.startsWith('testing'))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(folder + path, 'utf8')]))
}

const COMMENT = String.raw`\/\*[\s\S]*?\*\/|\/\/[^\n]*`
const TEXT = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|` + String.raw`\`(?:\\[\s\S]|[^\`\\])*\``
// A slash after one of these can't be a division.
const PATTERN = String.raw`(?<=(?:[(,=:[!&|?{};]|=>|\breturn)\s*)\/(?![*\/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\/\\\n])+\/[a-z]*`

/** One pass from left to right, so that a quote in a comment begins no text, and so on. */
const TOKENS = new RegExp(`(${COMMENT})|(${TEXT})|(${PATTERN})`, 'g')

export function withoutComments(text: string): string {
  return text.replace(TOKENS, (token, comment?: string) => (comment === undefined ? token : ' '))
}

/** The code alone: no comments, and nothing within texts and patterns. */
export function codeOf(text: string): string {
  return text.replace(TOKENS, (_, comment?: string, quoted?: string) => {
    if (comment !== undefined) return comment.replace(/[^\n]/g, ' ')
    return quoted === undefined ? '/./' : "''"
  })
}

/** What is left when all that stands in brackets is gone. */
export function topLevel(code: string): string {
  const outer = code.replace(/\{[^{}]*\}|\([^()]*\)|\[[^[\]]*\]/g, '')
  return outer === code ? code : topLevel(outer)
}

const STATEMENT = /\b(?:import|export)\s+(type\s+)?([\w$*\s{},]*?)\s*from\s*['"]([^'"]+)['"]/g
const BARE = /\bimport\s*\(?\s*['"]([^'"]+)['"]|\brequire\s*\(\s*['"]([^'"]+)['"]/g

function hasOnlyTypes(clause = ''): boolean {
  const names = /^\{([\s\S]*)\}$/.exec(clause)?.[1]?.split(',') ?? [clause]
  return names.filter((name) => name.trim()).every((name) => /^\s*type\s/.test(name))
}

export function importsOf(text: string): Import[] {
  const code = withoutComments(text)
  const named = [...code.matchAll(STATEMENT)].map(([, type, clause, from = '']) => ({
    from,
    typesOnly: type !== undefined || hasOnlyTypes(clause),
  }))
  const bare = [...code.matchAll(BARE)].map(([, from, required]) => ({
    from: from ?? required ?? '',
    typesOnly: false,
  }))
  return [...named, ...bare]
}
