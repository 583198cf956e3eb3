import type { Keeper } from '../ways/keeper.js'

/** What came of one call, and which server answered it. */
export interface Call {
  /** Empty if none did. */
  readonly server: string
  /** 0 if there was no answer. */
  readonly status: number
  /** Whom the server took the caller for. */
  readonly name?: string
}

const AT_ONCE = 4

/** Calls the API through latchkey. That nobody answers is an outcome, too. */
export async function call({ way, latchkey }: Keeper): Promise<Call> {
  const response = await latchkey.fetch(`/api/${way.kind}/echo`).catch(() => undefined)
  if (!response) return { server: '', status: 0 }
  const { name } = await response.json()
  return { server: serverOf(response), status: response.status, name }
}

export function serverOf({ headers }: Response): string {
  return headers.get('X-Served-By') ?? ''
}

/** Calls, some at once, as long as more are wanted. Resolves to all of them in the order of their answers. */
export async function calls(keeper: Keeper, isWanted: () => boolean): Promise<Call[]> {
  const answered: Call[] = []
  const lane = async () => {
    while (isWanted()) answered.push(await call(keeper))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return answered
}

export function failed(calls: readonly Call[]): Call[] {
  return calls.filter(({ status }) => status !== 200)
}
