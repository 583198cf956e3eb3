import { type Import, importsOf, type Sources } from './source.js'

const leaves = [
  'errors',
  'types',
  'options',
  'remade',
  'database',
  'unless-aborted',
  'events',
  'placement',
  'shown-cookies',
  'embedded',
  'keys',
  'native-fetch',
  'probing',
  'load',
]

/** Which rooms each room of src/ may import from: the arrows of the architecture, and no others. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  options: [],
  errors: leaves,
  types: leaves,
  remade: ['options'],
  database: leaves,
  'unless-aborted': leaves,
  events: leaves,
  placement: leaves,
  'shown-cookies': [],
  embedded: [],
  keys: leaves,
  'native-fetch': [],
  probing: leaves,
  load: leaves,
  stores: leaves,
  placements: [...leaves, 'placements'],
  strategies: [...leaves, 'strategies', 'stores', 'placements'],
  session: [...leaves, 'session'],
  request: [...leaves, 'request'],
  'latchkey-options': [...leaves, 'session', 'request'],
  latchkey: [...leaves, 'latchkey-options', 'session', 'request'],
  config: [...leaves, 'config', 'latchkey', 'latchkey-options', 'strategies', 'placements', 'request'],
  clients: [...leaves, 'latchkey', 'clients'],
  browser: ['index', 'config'],
}
const index = Object.keys(arrows).filter((room) => room !== 'browser')
const rooms: typeof arrows = { ...arrows, index }

/** Each third-party package, and the room of the one file that knows it. */
const packages: Readonly<Record<string, string>> = {
  'eventsource-parser': 'request',
  'idb-keyval': 'stores',
  'js-cookie': 'stores',
  'jwt-decode': 'strategies',
  ky: 'clients',
  valibot: 'config',
  react: 'clients',
  vue: 'clients',
}

interface Arrow extends Import {
  readonly path: string
  readonly room: string
}

function roomOf(path: string): string {
  return path.replace(/\/.*|\.[jt]s$/, '')
}

function target({ path, from }: Arrow): string {
  return new URL(from, `src://src/${path}`).pathname.slice(1)
}

function wrongRoom(arrow: Arrow): string[] {
  const { path, room, from, typesOnly } = arrow
  const to = roomOf(target(arrow))
  if (!rooms[room]?.includes(to)) return [`${path}: ${room} must not import ${to} (${from})`]
  const needsMore = room === 'clients' && to === 'latchkey' && !typesOnly
  return needsMore ? [`${path}: clients may import only types of latchkey`] : []
}

function wrongPackage({ path, room, from }: Arrow): string[] {
  const home = packages[from]
  if (home === undefined) return [`${path}: ${from} is no dependency of the library`]
  return home === room ? [] : [`${path}: ${from} belongs to ${home}, not to ${room}`]
}

function notOnce(all: readonly Arrow[]): string[] {
  return Object.keys(packages).flatMap((name) => {
    const users = new Set(all.filter(({ from }) => from === name).map(({ path }) => path))
    return users.size === 1 ? [] : [`${name} is imported by ${users.size} files: ${[...users].join(', ')}`]
  })
}

function arrowsOf(sources: Sources): Arrow[] {
  return Object.entries(sources).flatMap(([path, text]) =>
    importsOf(text).map((one) => ({ ...one, path, room: roomOf(path) })),
  )
}

function noRoom(path: string): string[] {
  return rooms[roomOf(path)] ? [] : [`${path}: the architecture has no room for it`]
}

/** Each import that the architecture does not have, as a sentence. */
export function wrongArrows(sources: Sources): string[] {
  const all = arrowsOf(sources)
  const single = all.flatMap((one) => (one.from.startsWith('.') ? wrongRoom(one) : wrongPackage(one)))
  return [...Object.keys(sources).flatMap(noRoom), ...single, ...notOnce(all)]
}
