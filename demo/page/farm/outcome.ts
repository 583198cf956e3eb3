import { filled, words } from '../word.js'
import { type Call, failed } from './calls.js'

/** What came of a button: told in words, with the calls that were made, if any were. */
export interface Outcome {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly title: string
  readonly text: string
  /** A name for the calls. */
  readonly did?: string
  readonly calls?: readonly Call[]
}

/** Something went other than it should have. */
export function failure(did: string, calls: readonly Call[]): Outcome {
  const { farm } = words
  const wrong = failed(calls)
  const { status = 0 } = wrong.at(-1) ?? {}
  const what = status ? filled(farm.refused, { status }) : farm.unreachable
  const title = filled(farm.failedTitle, { failed: wrong.length, count: calls.length })
  return { tone: 'bad', title, text: filled(farm.failed, { what }), did, calls }
}

/** How many of the calls each server answered, in words. */
export function share(calls: readonly Call[]): string {
  const names = [...new Set(calls.map(({ server }) => server))].sort()
  const counted = names.map((server) => {
    const count = calls.filter((call) => call.server === server).length
    return filled(words.farm.share, { server, count })
  })
  return counted.join(words.farm.comma)
}
