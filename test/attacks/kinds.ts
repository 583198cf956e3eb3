/** What is tried of one kind, and how much of it a run must at least have tried. */
export interface Kind {
  /** What one case is, and what the native code was that would have leaked in it. */
  readonly says: string
  /** The fewest cases in each browser; none where nothing is tried there. */
  readonly inBrowsers: number
  /** The same without a browser. */
  readonly inNode: number
}

const browsers = (inBrowsers: number, says: string): Kind => ({ inBrowsers, inNode: 0, says })

/** All that `npm run attacks` tries, in the order in which it says what it was. */
export const kinds = {
  urls: browsers(
    15_000,
    'an address in one form, asked for with one credential; native: a check of the text by startsWith, includes or hostname alone',
  ),
  'allow-list': browsers(
    1500,
    'an entry or a list that allows too much; native: the same checks with that entry, and code that reads the list again',
  ),
  redirects: browsers(
    120,
    'a redirect of one status to one place, by one method and placement; native: fetch with the same header, URL or cookie',
  ),
  pollution: browsers(
    600,
    'a life of an instance with names on Object.prototype; native: a client that reads its options as they come',
  ),
  keys: browsers(
    400,
    'a name like __proto__ in one place of names, options or JSON; native: a plain object as a map, or a merge key by key',
  ),
  secrets: {
    inBrowsers: 200,
    inNode: 1,
    says: 'one place or error, looked at in one way; native: a field of a class, and an error with the request’s configuration',
  },
  'look-alike': browsers(
    1,
    'a message, lock or record that is not the library’s; native: a client that believes the message',
  ),
  copies: browsers(
    1,
    'two copies or versions on one page, and what one of them sends; nothing native is run',
  ),
  'server-side': {
    inBrowsers: 0,
    inNode: 1,
    says: 'a request of one of a hundred users in one process; native: the user in a variable of the module',
  },
  advisories: {
    inBrowsers: 1,
    inNode: 1,
    says: 'a way in which an advisory says that others leaked; native: code as it was there, where it is run',
  },
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds

export const kindNames: KindName[] = Object.keys(kinds) as KindName[]

/** The fewest cases of a kind that prove something in an engine; 0 where none has to be. */
export function leastOf(kind: KindName, engine: string): number {
  return engine === 'node' ? kinds[kind].inNode : kinds[kind].inBrowsers
}
