export interface Snippet {
  readonly language: 'ts' | 'tsx' | 'js' | 'html' | 'vue' | 'svelte'
  /** Whether it is executed as well, as its info string asks for: "ts run". */
  readonly runs: boolean
  /** The page it is on, by its path. */
  readonly page: string
  /** Where it begins there. */
  readonly line: number
  readonly code: string
}

// CommonMark s. 4.5: a fence ends with one that is at least as long; ours are never indented.
const FENCED = /^(`{3,})([^\n`]*)\n([\s\S]*?)^\1`*[ \t]*$/gm

function isLanguage(name: string): name is Snippet['language'] {
  return /^(tsx?|js|html|vue|svelte)$/.test(name)
}

const FULL_NAMES: Readonly<Record<string, string>> = { typescript: 'ts', javascript: 'js' }

/** What a page of documents has of code for a browser, in order. */
export function snippetsOf(markdown: string, page = 'README.md'): Snippet[] {
  return [...markdown.matchAll(FENCED)].flatMap(({ index, 2: info = '', 3: code = '' }) => {
    const [name = '', ...marks] = info.trim().split(/\s+/)
    const language = FULL_NAMES[name] ?? name
    const line = markdown.slice(0, index).split('\n').length
    return isLanguage(language) ? [{ language, runs: marks.includes('run'), page, line, code }] : []
  })
}

/** What a page of documents has of JSON, each with the line on which it begins. */
export function jsonOf(markdown: string): { readonly line: number; readonly code: string }[] {
  const fenced = [...markdown.matchAll(FENCED)].filter(([, , info]) => info?.trim() === 'json')
  return fenced.map(({ index, 3: code = '' }) => ({
    line: markdown.slice(0, index).split('\n').length,
    code,
  }))
}

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/g

/** What a page's inline scripts do; a block of data is none, nor is an import map. */
export function scriptsOf(html: string): string[] {
  const scripts = [...html.matchAll(SCRIPT)].filter(
    ([, attributes = '']) => !/type="?[\w/]*(json|importmap)/.test(attributes),
  )
  return scripts.map(([, , code = '']) => code).filter((code) => code.trim() !== '')
}

/** The members of the global `Latchkey` that are asked for. */
export function membersUsed(code: string): string[] {
  return [...code.matchAll(/\bLatchkey\.(\w+)/g)].map(([, name = '']) => name)
}

/** The files of the package that a page loads: `latchkey.min.js`, from wherever. */
export function filesLoaded(html: string): string[] {
  return [...html.matchAll(/\bsrc="([^"]+)"/g)].map(([, path = '']) => path)
}
