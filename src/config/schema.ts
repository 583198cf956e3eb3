import {
  array,
  type BaseIssue,
  boolean,
  type GenericSchema,
  lazy,
  literal,
  never,
  number,
  objectWithRest,
  optional,
  picklist,
  pipe,
  rawCheck,
  rawTransform,
  safeParse,
  string,
  transform,
  unknown,
  variant,
} from 'valibot'
import { own } from '../options.js'
import { type Fault, saidIn, unknownName } from './faults.js'

/** What data may be, and what is made of it. */
export type Schema<T = unknown> = GenericSchema<unknown, T>

/** A schema for each option of such data, and for nothing else. */
export type Fields<D> = { readonly [K in Exclude<keyof D, 'type'>]-?: Schema }

type Shape = Readonly<Record<string, Schema>>
type Made<F extends Shape> = { [K in keyof F]: F[K] extends Schema<infer T> ? T : never }

/**
 * Text that is not empty and that `take` does not refuse: a factory's own check, so that there is no second rule. `must`
 * says it in other words than the factory.
 */
export function text(take: (value: string) => unknown = () => {}, must?: string): Schema<string> {
  const checked = (value: string) => {
    if (!value) throw new TypeError('not be empty')
    take(value)
  }
  return pipe(string('be text'), taken(checked, must))
}

/** A number that `take` does not refuse; `must` says which those are. */
export function numeric(take: (value: number) => unknown, must = 'be a number'): Schema<number> {
  return pipe(number(must), taken(take, must))
}

/** What somebody else looks at. */
export function anything(): Schema {
  return unknown()
}

/** True or false. */
export function flag(): Schema<boolean> {
  return boolean('be true or false')
}

/** One of these words. */
export function choice<const T extends string>(words: readonly T[]): Schema<T> {
  return picklist(words, `be ${oneOf(words)}`)
}

/** The same, and what is made of the word. */
export function choiceOf<const T extends string, M>(words: readonly T[], make: (word: T) => M): Schema<M> {
  return pipe(picklist(words, `be ${oneOf(words)}`), transform(make))
}

/** A list of such items. */
export function listOf<T>(item: Schema<T>): Schema<T[]> {
  return array(item, 'be a list')
}

/** A list with at least one of them. */
export function someOf<T>(item: Schema<T>): Schema<T[]> {
  const checked = ({ length }: T[]) => {
    if (!length) throw new TypeError('not be empty')
  }
  return pipe(array(item, 'be a list'), taken(checked))
}

/** What need not be there. */
export function maybe<T>(schema: Schema<T>): Schema<T | undefined> {
  return optional(schema)
}

/** An object with these options and no others; what is missing or unknown is a fault each. */
export function settings<F extends Shape>(fields: F): Schema<Made<F>> {
  // On no prototype: valibot looks there for options, and for what may stand in for a missing one.
  const bare = Object.entries(fields).map(([name, field]) => [name, own(field)] as const)
  const rest = never(Object.keys(fields).join(' '))
  return objectWithRest(own(Object.fromEntries(bare)), rest) as unknown as Schema<Made<F>>
}

/** An object whose `type` says that `make` makes something of its other options. */
export type Type<T> = (type: string) => Schema<T>

/** What such an object may say, and the factory that takes it. */
export function described<F extends Shape, M>(fields: F, make: (options: Made<F>) => M): Type<M> {
  const made = rawTransform<Made<F>, M>(({ dataset, addIssue, NEVER }) => {
    const { type: _, ...options } = dataset.value
    try {
      return make(own(options as unknown as Made<F>))
    } catch (error) {
      const { option, must } = saidIn(error)
      const at = { type: 'object', origin: 'value', input: {}, key: option, value: undefined } as const
      // What is said of none of its options is said of the page that it is for.
      if (Object.hasOwn(fields, option)) addIssue(own({ message: must, path: [at] as [typeof at] }))
      else addIssue(own({ message: must, expected: ON_THIS_PAGE }))
      return NEVER
    }
  })
  return (type) => pipe(settings({ type: literal(type), ...fields }), made as never) as Schema<M>
}

/** Such an object of one of several types. */
export function anyOf<T>(types: Readonly<Record<string, Type<T>>>): Schema<T> {
  const schemas = Object.entries(types).map(([type, make]) => make(type))
  return variant('type', schemas as never, oneOf(Object.keys(types))) as unknown as Schema<T>
}

/** A mere word, or an object. */
export function wordOr<T>(word: Schema<T>, object: () => Schema<T>): Schema<T> {
  return lazy((value) => (Object(value) === value ? object() : word))
}

/** What is made of data, which is right where there is no fault, and all that is wrong with it. */
export function parsed<T>(schema: Schema<T>, data: unknown): { value: T; faults: Fault[] } {
  const { output, issues = [] } = safeParse(schema, data, own({ abortEarly: false, abortPipeEarly: false }))
  const faults = issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => String(key))
    return { path, must: mustOf(issue, path), isOfPage: issue.expected === ON_THIS_PAGE }
  })
  return { value: output as T, faults }
}

/** Not by the message where valibot takes one from whatever it has at hand, a polluted prototype too. */
function mustOf({ type, path, expected, message }: BaseIssue<unknown>, names: readonly string[]): string {
  if (type === 'never') return unknownName(names.at(-1) ?? '', message.split(' '))
  if (type === 'object_with_rest') return path ? 'be given' : 'be an object'
  if (type !== 'variant') return message
  if (expected === 'Object') return `be an object with "type": ${message}`
  return `be ${oneOf(expected?.match(/[\w-]+/g) ?? [])}`
}

const ON_THIS_PAGE = 'another page'

function taken<T>(take: (value: T) => unknown, must?: string) {
  return rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    try {
      take(dataset.value)
    } catch (error) {
      addIssue(own({ message: must ?? saidIn(error).must }))
    }
  })
}

function oneOf(words: readonly string[]): string {
  return words
    .map((word) => JSON.stringify(word))
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ')
}
