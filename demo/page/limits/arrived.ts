/** What the demo's server found in a request, of what this section puts into it. */
export interface Arrived {
  /** How many cookies there were. */
  readonly count: number
  /** Those of this section, each as `name=value`. */
  readonly cookies: readonly string[]
  readonly header: string | null
  readonly query: string | null
  readonly isAuthorized: boolean
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>

/** Asks the demo's server what has arrived there. */
export async function arrived(
  init: RequestInit = {},
  { search = '', by = fetch as Fetch } = {},
): Promise<Arrived> {
  return (await by(`/api/lab/limits/arrived${search}`, init)).json()
}
