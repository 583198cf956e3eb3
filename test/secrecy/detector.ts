import { inspect } from 'node:util'
import { holdsCanary } from './canary.js'
import { reached } from './reached.js'

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

function rendered(value: unknown): string[] {
  const names = Object.keys(renderings)
  return names.filter((name) => holdsCanary(attempt(() => renderings[name]?.(value))))
}

/** Where a part of the canary can be seen in a value, by itself or when it or what it holds is rendered. */
export function leaksIn(value: unknown): string[] {
  const places: string[] = []
  reached(value, (text, path) => holdsCanary(text) && places.push(path))
  // One at a time, because what can't be cloned keeps all that is beside it from being cloned.
  const members = Object(value) === value ? Object.values(Object(value)) : []
  return [...[value, ...members].flatMap(rendered), ...places]
}
