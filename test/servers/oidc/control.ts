export type Fault = 'none' | 'drop-after-rotation' | '503' | '429' | 'hang' | 'html'

/** What goes wrong from now on, and how slowly. */
export interface Settings {
  /** How long a refresh call takes. @default 0 */
  delayMs: number
  /** Whether the delay comes after the provider has rotated, and not before. @default false */
  delayAfter: boolean
  /** What becomes of refresh calls. @default 'none' */
  fault: Fault
  /** For how many calls the fault is. @default null: for all */
  times: number | null
  /** What a 429 says in `Retry-After`: seconds, or an HTTP date. @default '1' */
  retryAfter: number | string
  /** How long the API takes to answer; `?delay=` in a request's address goes before it. @default 0 */
  apiDelayMs: number
  /** Whether the API says 401 to whatever it is given. @default false */
  apiAlways401: boolean
  /** The one nonce that the API takes in proofs, and names in each answer. @default null: it wants none */
  apiNonce: string | null
  /** Whether the API shows script no `Date`, as one of another origin. @default false */
  apiHidesDate: boolean
}

export interface Control {
  readonly settings: Readonly<Settings>
  /** Changes what is named, and keeps the rest. A fault named without `times` is for all calls. */
  set(change: Partial<Settings>): void
  reset(): void
  /** The fault of the next refresh call, which is counted. */
  take(): Fault
}

const defaults: Settings = {
  delayMs: 0,
  delayAfter: false,
  fault: 'none',
  times: null,
  retryAfter: '1',
  apiDelayMs: 0,
  apiAlways401: false,
  apiNonce: null,
  apiHidesDate: false,
}

const faults: readonly string[] = ['none', 'drop-after-rotation', '503', '429', 'hang', 'html']

function check(change: Partial<Settings>): void {
  const unknown = Object.keys(change).find((name) => !Object.hasOwn(defaults, name))
  if (unknown !== undefined) throw new TypeError(`there is no setting ${unknown}`)
  if (change.fault !== undefined && !faults.includes(change.fault))
    throw new TypeError(`there is no fault ${change.fault}`)
}

export function createControl(): Control {
  let settings = defaults
  return {
    get settings() {
      return settings
    },
    set(change) {
      check(change)
      settings = { ...settings, ...(change.fault === undefined ? {} : { times: null }), ...change }
    },
    reset() {
      settings = defaults
    },
    take() {
      const { fault, times } = settings
      if (times === null || fault === 'none') return fault
      settings = { ...settings, times: Math.max(0, times - 1) }
      return times > 0 ? fault : 'none'
    },
  }
}
