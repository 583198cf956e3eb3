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

/** All text that can be reached: own properties, prototypes, causes, the properties of functions; and by which way. */
export function reached(value: unknown, see: (text: string, path: string) => void): void {
  const seen = new Set<object>([globalThis])
  const visit: Visit = (path, one) => {
    if (typeof one === 'string') see(one, path)
    if (!isObject(one) || seen.has(one)) return
    seen.add(one)
    if (typeof one === 'function') visit(`${path} source`, String(one))
    visitInside(path, one, visit)
  }
  visit('', value)
}
