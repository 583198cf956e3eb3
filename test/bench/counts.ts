/** What there is more and more of, and the page's function that measures it. */
export interface Kind {
  readonly of: string
  readonly name: 'origins' | 'listeners' | 'instances' | 'waiting'
  readonly counts: readonly number[]
}

export const kinds: readonly Kind[] = [
  { of: 'allowed origins', name: 'origins', counts: [1, 10, 100, 300, 1000] },
  { of: 'listeners', name: 'listeners', counts: [1, 10, 100, 300, 1000] },
  { of: 'instances on a page', name: 'instances', counts: [1, 10, 30, 100] },
  { of: 'requests waiting for one refresh', name: 'waiting', counts: [1, 10, 100, 1000, 5000] },
]

export const tabCounts: readonly number[] = [1, 5, 20, 50]
export const stormTabCounts: readonly number[] = [1, 5, 20]
