/** One way of asking. */
export interface Cell {
  readonly method: 'GET' | 'POST'
  readonly input: 'string' | 'URL' | 'Request'
  readonly concurrent: 1 | 10 | 100
}

/** Under which all pages are opened anew. */
export interface Setting {
  readonly fetch: 'stubbed' | 'loopback'
  readonly tokenBytes: number
  readonly cells: readonly Cell[]
}

const get: Cell = { method: 'GET', input: 'string', concurrent: 1 }
const post: Cell = { ...get, method: 'POST' }
const ten: Cell = { ...get, concurrent: 10 }
const hundred: Cell = { ...get, concurrent: 100 }

/** What most requests of an app are like, without what a network adds to them. */
export const plainest: Setting = { fetch: 'stubbed', tokenBytes: 1024, cells: [get] }

/** Each differs from the plainest in one thing, so that it is known what the difference comes from. */
export const settings: readonly Setting[] = [
  { ...plainest, cells: [get, post, { ...get, input: 'URL' }, { ...get, input: 'Request' }, ten, hundred] },
  { ...plainest, tokenBytes: 8192, cells: [get, post] },
  { ...plainest, fetch: 'loopback', cells: [get, post, ten, hundred] },
]
