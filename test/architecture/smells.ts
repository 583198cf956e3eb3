import { codeOf, type Sources, topLevel } from './source.js'

const MAX_LINES = 200

/**
 * `xhr instanceof XMLHttpRequest`, the native events and whatever else is not carried are had by inheritance alone, and so is
 * being an element.
 */
const MAY_HAVE_A_CLASS: readonly string[] = ['clients/xhr/patched-xhr.ts', 'clients/inspector/element.ts']

interface Smell {
  readonly name: string
  readonly isIn: (text: string, path: string) => boolean
}

const inText = (name: string, pattern: RegExp): Smell => ({ name, isIn: (text) => pattern.test(text) })
const inCode = (name: string, pattern: RegExp): Smell => ({
  name,
  isIn: (text) => pattern.test(codeOf(text)),
})
const atTop = (name: string, pattern: RegExp): Smell => ({
  name,
  isIn: (text) => pattern.test(topLevel(codeOf(text))),
})

const smells: readonly Smell[] = [
  inCode('any', /(?<![.\w$])any\b(?!\s*[:(])/),
  // Something ends right before it, and no comparison follows.
  inCode('a non-null assertion', /[\w$)\]}'/]!(?!=)/),
  inText('a silenced compiler', /@ts-(ignore|expect-error|nocheck)/),
  inCode('the console', /\bconsole\b/),
  atTop('a module-level variable', /\b(let|var)\b/),
  atTop(
    'a module-level collection',
    /^(?:export )?const \w+(?:\s*:(?!.*Readonly)[^=]+)? =\s*new (Weak)?(Map|Set)\b/m,
  ),
  {
    name: 'a class',
    isIn: (text, path) =>
      !MAY_HAVE_A_CLASS.includes(path) && /(?<!\.)\bclass\b(?!\s+LatchkeyError\b)/.test(codeOf(text)),
  },
  { name: 'too many lines', isIn: (text) => text.trimEnd().split('\n').length > MAX_LINES },
]

const VAGUE = /(?<![a-z])(utils?|helpers?|common|managers?|services?)(?![a-z])/i
const GLOBALS = ['Credential', 'CookieStore', 'Storage', 'LockManager']

const DECLARED =
  /\bexport\s+(?:declare\s+|abstract\s+|async\s+)*(?:const|function\*?|class|interface|type|enum)\s+(\w+)/g
const LISTED = /\bexport\s+(?:type\s+)?\{([^}]*)\}/g

/** `exportedAs`, in `export { type name as exportedAs }`. */
function lastWord(specifier: string): string {
  return specifier.trim().split(/\s+/).at(-1) ?? ''
}

function exportsOf(text: string): string[] {
  const code = codeOf(text)
  const declared = [...code.matchAll(DECLARED)].map(([, name = '']) => name)
  const listed = [...code.matchAll(LISTED)].flatMap(([, names = '']) => names.split(',').map(lastWord))
  return [...declared, ...listed].filter(Boolean)
}

/** `SessionManager` as `Session Manager`. */
function words(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
}

function badNames(path: string, text: string): string[] {
  const exported = exportsOf(text)
  const vague = [path, ...exported].filter((name) => VAGUE.test(words(name)))
  const shadows = exported.filter((name) => GLOBALS.includes(name))
  return [
    ...vague.map((name) => `${path}: ${name} says nothing`),
    ...shadows.map((name) => `${path}: ${name} is a global of the DOM`),
  ]
}

/** Each thing that the style does not allow, as a sentence. */
export function wrongStyle(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([path, text]) => [
    ...smells.filter(({ isIn }) => isIn(text, path)).map(({ name }) => `${path}: has ${name}`),
    ...badNames(path, text),
  ])
}
