import type { Reporter, TestModule } from 'vitest/node'
import type { Row } from './rows.js'

/** What a run of the attacks came to. */
export interface Outcome {
  readonly tallies: Row[]
  /** Each test that failed, and what else went wrong, as a sentence. */
  readonly failures: string[]
}

interface Thrown {
  readonly message: string
  readonly diff?: string | undefined
}

/** The difference names the cases; there may be thousands. */
function reason({ message, diff = '' }: Thrown): string {
  return [message, ...diff.split('\n').slice(0, 20)].join('\n')
}

function failuresOf(module: TestModule): string[] {
  const tests = [...module.children.allTests('failed')].map(
    (test) => `${test.fullName}: ${(test.result().errors ?? []).map(reason).join('\n')}`,
  )
  // A file that does not even load has no test to fail.
  const others = [module, ...module.children.allSuites()].flatMap((of) => of.errors())
  const said = [...tests, ...others.map(({ message }) => message)]
  const nothing = module.state() === 'failed' && said.length === 0 ? ['failed'] : []
  return [...said, ...nothing].map((line) => `${module.project.name} ${module.relativeModuleId}: ${line}`)
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
      outcome.failures.push(...errors.map(({ message }) => message))
    },
  }
}
