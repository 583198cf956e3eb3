import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { schemas } from '../../src/config/settings.js'
import { rules, SECURE_ORIGIN } from './rules.js'
import { words } from './words.js'

export interface Json {
  [name: string]: unknown
}

type Objects = Record<string, Json>

/** What each variant is of, by a type that it has. */
const KINDS: Readonly<Record<string, string>> = {
  jwt: 'strategy',
  bearer: 'placement',
  django: 'csrf',
  chain: 'storage',
  oauth: 'refresh',
}

const titles: Readonly<Record<string, string>> = {
  $schema: 'Schema',
  clientId: 'Client ID',
  url: 'URL',
  csrf: 'CSRF',
}

/** `storageTimeoutSeconds` as "Storage timeout seconds". */
function titleOf(name: string): string {
  const spaced = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return titles[name] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

function refTo(name: string): Json {
  return { $ref: `#/definitions/${name}` }
}

/** By a condition, where `anyOf` would find fault with what is not meant, too. */
function when(condition: Json, consequence: Json, otherwise?: Json): Json {
  // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's
  return { if: condition, then: consequence, ...(otherwise && { else: otherwise }) }
}

function without(object: Json, ...names: string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}

/** Takes each entry of a table by the first of some names that it has, and notes that it is of use. */
function taker<T>(table: Readonly<Record<string, T>>) {
  const unused = new Set(Object.keys(table))
  const take = (names: readonly string[]): T | undefined => {
    const name = names.find((one) => Object.hasOwn(table, one))
    unused.delete(name ?? '')
    return name === undefined ? undefined : table[name]
  }
  return { take, unused }
}

/** The JSON Schema of what the library itself goes by, with words for editors. */
export function generate(): Json {
  const { root, environment } = schemas({})
  const definitions: Objects = {}
  const [wording, ruling] = [taker(words), taker(rules)]
  const said = (...names: string[]) => {
    const found = wording.take(names)
    if (found === undefined) throw new Error(`words.ts says nothing of ${names[0]}`)
    return found
  }

  const option = (name: string, { $ref, ...one }: Json, rooms: readonly string[]): Json => {
    const at = rooms.map((room) => `${room}.${name}`)
    const title = titleOf(name)
    // Beside a reference nothing else counts in draft 7.
    const reference = $ref === undefined ? {} : { allOf: [{ $ref }] }
    const text = one.type === 'string' && !one.enum ? { minLength: 1 } : {}
    const list = one.type === 'array' ? { minItems: 1 } : {}
    return { title, description: said(...at), ...one, ...reference, ...text, ...list, ...ruling.take(at) }
  }
  const object = (converted: Json, rooms: readonly string[]): Json => {
    const entries = Object.entries(converted.properties as Objects)
    const properties = Object.fromEntries(entries.map(([name, one]) => [name, option(name, one, rooms)]))
    const { required } = converted
    return { type: 'object', properties, ...(required ? { required } : {}), additionalProperties: false }
  }

  /** One of several types: each by a condition, and a definition of its own. */
  const typed = (kind: string, oneOf: readonly Json[]): Json => {
    const types = oneOf.map((one) => (one.properties as Objects).type?.const as string)
    const allOf = types.map((type, index) => {
      const room = kind === 'csrf' ? `csrf:${type}` : `${kind}.${type}`
      const description = said(room)
      const converted = oneOf[index] as Json
      const others = without(converted.properties as Json, 'type')
      const made = object({ ...converted, properties: others }, [room, kind])
      const properties = { type: { title: 'Type', description, const: type }, ...(made.properties as Json) }
      definitions[`${kind}-${type}`] = {
        title: `${titleOf(kind)}: ${type}`,
        description,
        ...made,
        properties,
      }
      return when({ properties: { type: { const: type } }, required: ['type'] }, refTo(`${kind}-${type}`))
    })
    const type = { title: 'Type', description: said(`${kind}.type`), enum: types }
    return { type: 'object', properties: { type }, required: ['type'], allOf }
  }
  const variant = ({ oneOf }: { oneOf: Json[] }): Json => {
    const types = oneOf.map((one) => (one.properties as Objects).type?.const as string)
    const kind = types.map((type) => KINDS[type]).find(Boolean) ?? 'unknown'
    const name = kind === 'storage' ? 'store' : kind
    definitions[name] ??= { title: titleOf(kind), description: said(kind), ...typed(kind, oneOf) }
    return refTo(name)
  }
  const wordOr = (getter: (input: unknown) => GenericSchema): Json => {
    const title = titleOf('storage')
    if (!definitions.storage) {
      const names = { title, description: said('storage.names'), ...converted(getter('')) }
      definitions.storage = {
        title,
        description: said('storage'),
        ...when({ type: 'object' }, refTo('store'), names),
      }
      converted(getter({}))
    }
    return refTo('storage')
  }

  const converted = (schema: unknown): Json =>
    without(
      toJsonSchema(schema as GenericSchema, {
        target: 'draft-07',
        typeMode: 'input',
        ignoreActions: ['raw_check'],
        overrideSchema({ valibotSchema, jsonSchema }) {
          const { type, getter } = valibotSchema as unknown as { type: string; getter: () => GenericSchema }
          if (type === 'unknown') return {}
          if (type === 'lazy') return wordOr(getter)
          return type === 'variant' ? (variant(jsonSchema as never) as JsonSchema) : undefined
        },
      }) as Json,
      '$schema',
      '$defs',
    )

  const whole = object(converted(root), ['configuration', 'settings'])
  const each = object(converted(environment), ['environment', 'settings'])
  definitions.environment = { title: 'Environment', description: said('environment'), ...each }
  Object.assign((whole.properties as Objects).environments as Json, {
    ...{ type: 'object', minProperties: 1, propertyNames: { minLength: 1 } },
    additionalProperties: refTo('environment'),
  })
  const description = said('configuration')
  const unused = [...wording.unused, ...ruling.unused]
  if (unused.length) throw new Error(`there is nothing to be said of ${unused.join(', ')}`)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...{ title: 'Latchkey', description, ...whole, allOf: across, definitions },
  }
}

const INSECURE = { properties: { allowInsecureOrigins: { const: true } }, required: ['allowInsecureOrigins'] }
const SECURE = { properties: { allowedOrigins: { items: { pattern: SECURE_ORIGIN } } } }

const has = (name: string): Json => ({ required: [name] })
const inEach = (one: Json): Json => ({ properties: { environments: { additionalProperties: one } } })

/** What holds for the settings at the top and an environment's together. */
const across: readonly Json[] = [
  ...['strategy', 'allowedOrigins'].map((name) =>
    when(has('environments'), when({ not: has(name) }, inEach(has(name))), has(name)),
  ),
  // Where an environment may say otherwise, nothing is said of what is for all.
  when({ not: INSECURE }, when(has('environments'), inEach(when({ not: INSECURE }, SECURE)), SECURE)),
]
