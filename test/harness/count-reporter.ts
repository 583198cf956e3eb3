import type { Reporter, SerializedError, TestModule } from 'vitest/node'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

function countModule(module: TestModule, counts: Counts): void {
  const before = counts.failed
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state !== 'pending') counts[state] += 1
  }
  // A file that does not even load has no test to fail, and must not look like one that passed.
  if (module.state() === 'failed' && counts.failed === before) counts.failed += 1
}

function countByProject(modules: readonly TestModule[]): Map<string, Counts> {
  const projects = new Map<string, Counts>()
  for (const module of modules) {
    const name = module.project.name || 'root'
    const counts = projects.get(name) ?? { passed: 0, failed: 0, skipped: 0 }
    projects.set(name, counts)
    countModule(module, counts)
  }
  return projects
}

function total(all: readonly Counts[], errors: number): string {
  const sum = (key: keyof Counts) => all.reduce((before, counts) => before + counts[key], 0)
  const skipped = sum('skipped')
  const line = `${sum('passed')} passed, ${sum('failed') + errors} failed`
  return skipped > 0 ? `${line}, ${skipped} skipped` : line
}

/** What passed and is to be seen all the same. Vitest's own reporters show the annotations of failed tests alone. */
function warnings(modules: readonly TestModule[]): string[] {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const found = tests.flatMap((test) => test.annotations().filter(({ type }) => type === 'warning'))
  return found.flatMap(({ message }) => [
    `\n*** WARNING: ${message} ***`,
    // GitHub shows such a line above the log, too: docs.github.com, "Workflow commands for GitHub Actions".
    ...(process.env.GITHUB_ACTIONS === 'true' ? [`::warning::${message}`] : []),
  ])
}

/** Ends a run with what it warns of, and how many tests each project ran, and what came of them all. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const projects = countByProject(modules)
    const lines = [...projects].map(([name, { passed, failed }]) => `${name}: ${passed + failed} tests`)
    console.log([...warnings(modules), ...lines, total([...projects.values()], errors.length)].join('\n'))
  }
}
