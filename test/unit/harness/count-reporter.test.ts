import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TestModule } from 'vitest/node'
import CountReporter from '../../harness/count-reporter.js'

const annotated = (type: string, message: string) => ({
  result: () => ({ state: 'passed' }),
  annotations: () => [{ type, message }],
})

const moduleOf = (...tests: ReturnType<typeof annotated>[]) =>
  ({
    project: { name: 'node' },
    state: () => 'passed',
    children: { allTests: () => tests },
  }) as unknown as TestModule

function printed(module: TestModule): string {
  const log = vi.spyOn(console, 'log').mockReturnValue()
  new CountReporter().onTestRunEnd([module], [])
  return String(log.mock.lastCall)
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

describe('the end of a test run', () => {
  it('shows what a test that passed warns of, and not what it only notes', () => {
    const said = printed(
      moduleOf(annotated('warning', 'slower than it was'), annotated('notice', 'as usual')),
    )
    expect(said).toContain('*** WARNING: slower than it was ***')
    expect(said).not.toContain('as usual')
    expect(said).toContain('2 passed, 0 failed')
  })

  it('says it to GitHub, too, where it runs there', () => {
    const module = moduleOf(annotated('warning', 'slower than it was'))
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    expect(printed(module).split('\n')).toContain('::warning::slower than it was')
    vi.stubEnv('GITHUB_ACTIONS', 'false')
    expect(printed(module)).not.toContain('::warning')
  })
})
