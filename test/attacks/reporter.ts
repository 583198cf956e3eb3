import type { Reporter, TestModule } from 'vitest/node'
import type { KindName } from './kinds.js'
import type { Row } from './rows.js'

/** What a run of the attacks came to. */
export interface Outcome {
  readonly tallies: Row[]
  /** Each test that failed, and what else went wrong. */
  readonly failures: Failure[]
}

/** What failed, as a sentence; and what its test was counting, and where, if it was a test that counts. */
export interface Failure {
  readonly text: string
  readonly kind?: KindName
  readonly engine?: string
}

interface Thrown {
  readonly message: string
  readonly diff?: string | undefined
}

/** The difference names the cases; there may be thousands. */
function reason({ message, diff = '' }: Thrown): string {
  return [message, ...diff.split('\n').slice(0, 20)].join('\n')
}

function failuresOf(module: TestModule): Failure[] {
  const engine = module.project.name
  const tests = [...module.children.allTests('failed')].map((test) => {
    const text = `${test.fullName}: ${(test.result().errors ?? []).map(reason).join('\n')}`
    const { attack } = test.meta()
    return attack ? { text, engine, kind: attack.kind } : { text }
  })
  // A file that does not even load has no test to fail.
  const others = [module, ...module.children.allSuites()].flatMap((of) => of.errors())
  const said: Failure[] = [...tests, ...others.map(({ message: text }) => ({ text }))]
  const nothing = module.state() === 'failed' && said.length === 0 ? [{ text: 'failed' }] : []
  return [...said, ...nothing].map((one) => ({
    ...one,
    text: `${engine} ${module.relativeModuleId}: ${one.text}`,
  }))
}

/** Takes what the tests have counted, whichever process or browser they ran in. */
export function createReporter(): Reporter & { readonly outcome: Outcome } {
  const outcome: Outcome = { tallies: [], failures: [] }
  return {
    outcome,
    onTestRunEnd(modules, errors) {
      for (const module of modules) {
        const counted = [...module.children.allTests()].flatMap((test) => test.meta().attack ?? [])
        outcome.tallies.push(...counted.map((one) => ({ ...one, engine: module.project.name })))
        outcome.failures.push(...failuresOf(module))
      }
      outcome.failures.push(...errors.map(({ message: text }) => ({ text })))
    },
  }
}
