import { post } from '../server.js'

export interface Server {
  readonly name: string
  readonly alive: boolean
  readonly requests: number
  readonly pid?: number
}

export interface Holding {
  readonly key: string
  readonly value: string
  readonly endsInSeconds: number
}

/** What the balancer says of its farm. A server on its own has neither. */
export interface Farm {
  readonly servers: readonly Server[]
  readonly redis: readonly Holding[]
}

/** What the farm refused to do, by the code that the words have a text for. */
export class FarmRefusal extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export function look(): Promise<Farm> {
  return asked('')
}

/** Ends a server's process, or starts it again. */
export function change(what: 'stop' | 'start', name: string): Promise<Farm> {
  return asked(`/${what}`, post({ name }))
}

async function asked(path: string, init?: RequestInit): Promise<Farm> {
  const response = await fetch(`/api/lab/farm${path}`, init)
  const answer = await response.json()
  if (!response.ok) throw new FarmRefusal(answer.error, answer.message)
  return answer
}
