import { inspect } from 'node:util'
import { holdsCanary } from './canary.js'

/** Whatever a getter, a `toJSON` or a clone throws is looked at as well. */
function attempt(render: () => unknown): string {
  try {
    return String(render())
  } catch (error) {
    return inspect(error)
  }
}

const shown = (value: unknown) =>
  inspect(value, {
    depth: 10,
    showHidden: true,
    getters: true,
    maxArrayLength: Infinity,
    maxStringLength: Infinity,
  })

/** The ways in which a value ends up in a log, a report or another realm. */
const renderings: Readonly<Record<string, (value: unknown) => unknown>> = {
  String: (value) => String(value),
  'JSON.stringify': (value) => JSON.stringify(value),
  'util.inspect': shown,
  structuredClone: (value) => shown(structuredClone(value)),
}

type Visit = (path: string, value: unknown) => void

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function propertyOf(object: object, key: PropertyKey): unknown {
  try {
    const value: unknown = Reflect.get(object, key)
    // The getters of a prototype that is looked at by itself reject: it is no instance.
    if (value instanceof Promise) value.catch(() => {})
    return value
  } catch (error) {
    return error
  }
}

/** Its own and those of its prototypes, which are read on the object itself. */
function keysOf(object: object | null): PropertyKey[] {
  if (object === null) return []
  return [...Reflect.ownKeys(object), ...keysOf(Object.getPrototypeOf(object))]
}

function visitInside(path: string, object: object, visit: Visit): void {
  for (const key of new Set(keysOf(object))) {
    visit(`${path} key`, String(key))
    visit(`${path}.${String(key)}`, propertyOf(object, key))
  }
  if (object instanceof Map || object instanceof Set || object instanceof Headers) {
    visit(`${path}.[[Entries]]`, [...object])
  }
}

/** Everything that can be reached: own properties, prototypes, causes, the properties of functions. */
function walk(value: unknown, found: (path: string) => void): void {
  const seen = new Set<object>([globalThis])
  const visit: Visit = (path, one) => {
    if (typeof one === 'string' && holdsCanary(one)) found(path)
    if (!isObject(one) || seen.has(one)) return
    seen.add(one)
    if (typeof one === 'function') visit(`${path} source`, String(one))
    visitInside(path, one, visit)
  }
  visit('', value)
}

function rendered(value: unknown): string[] {
  const names = Object.keys(renderings)
  return names.filter((name) => holdsCanary(attempt(() => renderings[name]?.(value))))
}

/** Where a part of the canary can be seen in a value, by itself or when it or what it holds is rendered. */
export function leaksIn(value: unknown): string[] {
  const places: string[] = []
  walk(value, (path) => places.push(path))
  // One at a time, because what can't be cloned keeps all that is beside it from being cloned.
  const members = isObject(value) ? Object.values(value) : []
  return [...[value, ...members].flatMap(rendered), ...places]
}
