/** What TypeDoc knows of a name, as far as it is looked at here. */
export interface Reflection {
  readonly id: number
  readonly name: string
  readonly kind?: number
  readonly comment?: Comment
  readonly children?: readonly Reflection[]
  readonly signatures?: readonly Reflection[]
  readonly parameters?: readonly Reflection[]
  readonly getSignature?: Reflection
  readonly type?: Type
}

interface Type {
  readonly type: string
  readonly target?: unknown
  readonly declaration?: Reflection
  /** Those that a union or an intersection is made of. */
  readonly types?: readonly Type[]
}

interface Part {
  readonly text: string
}

interface Comment {
  readonly summary: readonly Part[]
  readonly blockTags?: readonly { readonly tag: string; readonly content: readonly Part[] }[]
}

const textOf = (parts: readonly Part[]) => parts.map(({ text }) => text).join('')

/** All that is said of it: the description and each tag, of all its signatures. */
function commentsOf({ comment, signatures = [], getSignature }: Reflection): Comment[] {
  const all = [comment, getSignature?.comment, ...signatures.map((one) => one.comment)]
  return all.filter((one) => one !== undefined)
}

/** Its description, without the tags. */
export function summaryOf(one: Reflection): string {
  return commentsOf(one)
    .map(({ summary }) => textOf(summary))
    .join('\n')
}

/** What its `@throws` say, or nothing. */
export function throwsOf(one: Reflection): string {
  const tags = commentsOf(one).flatMap(({ blockTags = [] }) => blockTags)
  return tags
    .filter(({ tag }) => tag === '@throws')
    .map(({ content }) => textOf(content))
    .join('\n')
}

/** What is written out in a type, also as one of several. */
function writtenOut({ declaration, types = [] }: Type): Reflection[] {
  return [...(declaration ? [declaration] : []), ...types.flatMap(writtenOut)]
}

/** Each name with the names in it, also those of a type that is written out. */
export function everyName(root: Reflection, path = ''): [path: string, reflection: Reflection][] {
  const inner = [...(root.children ?? []), ...(root.type ? writtenOut(root.type) : [])]
  return inner.flatMap((one) => {
    const name = `${path}${path && '.'}${one.name}`
    return [[name, one] as [string, Reflection], ...everyName(one, name)]
  })
}

const PROPERTY = 1024
const FUNCTION = 64

/**
 * The functions that take options of a type without a name. Editors show what is said of a property where it is written, and
 * no `@param`.
 */
export function withNamelessOptions(names: readonly (readonly [string, Reflection])[]): string[] {
  const parametersOf = ({ signatures = [] }: Reflection) =>
    signatures.flatMap(({ parameters = [] }) => parameters)
  const isNameless = ({ type }: Reflection) => type && writtenOut(type).some(({ children }) => children)
  const functions = names.filter(([, { kind }]) => kind === FUNCTION)
  return functions.filter(([, one]) => parametersOf(one).some(isNameless)).map(([path]) => path)
}

/** The properties that nothing is said of. By `type` the members of a union are told apart, and it is said of these. */
export function undescribed(names: readonly (readonly [string, Reflection])[]): string[] {
  const properties = names.filter(([, { kind, name }]) => kind === PROPERTY && name !== 'type')
  return properties.filter(([, one]) => !summaryOf(one).trim()).map(([path]) => path)
}

/** The names of times and durations, and the word that says what they count. */
const UNITS: readonly (readonly [RegExp, RegExp])[] = [
  [/(Seconds|secondsLeft|expires_in)$/, /\bseconds\b/],
  [/[a-z]At$|^now$/, /\bmilliseconds\b/],
  [/^expires$/, /\bdays\b/i],
]

/** The names of times whose description does not say in what they are counted. */
export function withoutUnit(names: readonly (readonly [string, Reflection])[]): string[] {
  return names
    .filter(([, one]) => {
      const [, unit] = UNITS.find(([name]) => name.test(one.name)) ?? []
      return unit && !unit.test(summaryOf(one))
    })
    .map(([path]) => path)
}
