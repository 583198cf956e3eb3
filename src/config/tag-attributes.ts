import type { JsonObject } from './configuration.js'
import { type ConfigurationFault, distance, type Fault } from './faults.js'

const SETTINGS = ['strategy', 'storage', 'allowed-origins', 'csrf'] as const
const NAMES: readonly Name[] = [...SETTINGS, 'config', 'environment', 'install']

type Name = (typeof SETTINGS)[number] | 'config' | 'environment' | 'install'

/** An attribute's text; `null` where it is not there. */
export function attribute(tag: Element, name: Name): string | null {
  return tag.getAttribute(`data-${name}`)
}

/** Whether the tag has any attribute that is the library's, or was meant to be. */
export function isDescribed(tag: Element): boolean {
  return NAMES.some((name) => attribute(tag, name) !== null) || misspelt(tag).length > 0
}

/** What the attributes describe, as a configuration. */
export function settingsIn(tag: Element): JsonObject {
  const [type, storage, origins, csrf] = SETTINGS.map((name) => attribute(tag, name))
  const strategy = { type, storage, csrf: typeof csrf === 'string' ? { type: csrf } : null }
  const isThere = ([, value]: [string, unknown]) => value !== null && value !== undefined
  const described = Object.entries(strategy).filter(isThere)
  return {
    ...(described.length > 0 && { strategy: Object.fromEntries(described) as JsonObject }),
    ...(typeof origins === 'string' && { allowedOrigins: origins.split(/\s+/).filter(Boolean) }),
  }
}

/** What is wrong with {@link settingsIn}, as a fault of the attribute in which it was written. */
export function ofAttribute({ path, must }: ConfigurationFault): Fault {
  const places = { 'strategy.storage': 'storage', 'strategy.csrf': 'csrf', allowedOrigins: 'allowed-origins' }
  const found = Object.entries(places).find(([place]) => path.startsWith(place))
  const at = [`data-${found?.[1] ?? 'strategy'}`]
  if (must.startsWith('not be there')) return { path: at, must: 'not be there beside this data-strategy' }
  // No attribute says more than that.
  const isMore = must === 'be given' && /\.(?!storage$)/.test(path)
  return { path: at, must: isMore ? 'be in a JSON block, see data-config' : must }
}

/** What is wrong with the attributes themselves. */
export function wrongAttributes(tag: Element): Fault[] {
  const beside = SETTINGS.filter((name) => attribute(tag, 'config') !== null && attribute(tag, name) !== null)
  const isInstall = /^(true)?$/.test(attribute(tag, 'install') ?? '')
  return [
    ...misspelt(tag),
    ...beside.map((name) => ({ path: [`data-${name}`], must: 'not be there beside data-config' })),
    ...(isInstall ? [] : [{ path: ['data-install'], must: 'be without a value' }]),
  ]
}

/** What looks like one of the attributes; others on the tag are others', and must not cost the page its instance. */
function misspelt(tag: Element): Fault[] {
  const given = tag.getAttributeNames().flatMap((name) => /^data-(.{3,})/.exec(name)?.[1] ?? [])
  const unknown = given.filter((name) => !NAMES.some((known) => known === name))
  return unknown.flatMap((name) => {
    const isPart = name.length > 4 || name === 'env'
    const meant = NAMES.find((known) => distance(name, known) < 2 || (isPart && known.includes(name)))
    return meant ? [{ path: [`data-${name}`], must: `be written "data-${meant}"` }] : []
  })
}
