import type { StrategyContext } from '../types.js'

/** One test: a sentence about behaviour, and a function that rejects if it is not true. */
export interface ContractCase {
  /** The sentence. */
  readonly name: string
  /** Tries it. What it rejects with quotes nothing that was found. */
  run(): Promise<void>
}

/** A case whose body gets what it works on, made anew for it, and tidied up after it. */
export type Body<S> = (subject: S, context: StrategyContext) => Promise<void>

/** A context whose key no other test has. It lives for ever: no time limit is put on what is tested. */
export function freshContext(): StrategyContext {
  const key = `latchkey.contract.${crypto.randomUUID()}`
  return { key, signal: new AbortController().signal }
}

/** Binds sentences to a subject, erased before and after each of them. */
export function casesOf<S>(
  make: () => S,
  erase: (subject: S, context: StrategyContext) => Promise<void>,
  bodies: Readonly<Record<string, Body<S>>>,
): readonly ContractCase[] {
  const run = async (body: Body<S>) => {
    const context = freshContext()
    const subject = make()
    await erase(subject, context)
    try {
      await body(subject, context)
    } finally {
      await erase(subject, context)
    }
  }
  return Object.entries(bodies).map(([name, body]) => ({ name, run: () => run(body) }))
}

/** Says what was expected and never quotes what was found: that may be a credential. */
export function expected(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`expected ${what}`)
}

/** Expects a throw or a rejection with one of these codes. */
export async function expectedError(
  codes: readonly string[],
  act: () => unknown,
  what: string,
): Promise<void> {
  const thrown: unknown = await Promise.resolve()
    .then(act)
    .then(
      () => 'no error',
      (error: unknown) => Object(error).code ?? 'another error',
    )
  expected(codes.includes(String(thrown)), `${what} to be refused with ${codes.join(' or ')}, got ${thrown}`)
}
