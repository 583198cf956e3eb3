import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './pack.js'

const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')
const [head = '', test = '', publish = ''] = workflow.split(/^ {2}(?:test|publish):$/m)
const commandsOf = (job: string) => [...job.matchAll(/^ +- run: (.*)$/gm)].map(([, command]) => command)

describe('the release', () => {
  it('is tested, with the packages that the lock file names, before it is published', () => {
    const checks = ['npm ci', 'npm audit --omit=dev', 'npm audit signatures', 'npm test']
    expect(commandsOf(test)).toEqual(checks)
    expect(publish).toMatch(/^ {4}needs: test$/m)
  })

  it('is published with its provenance, by a job in which no package’s own script runs', () => {
    const steps = ['npm ci', 'npm run build', 'npm publish --provenance --access public']
    expect(commandsOf(publish).map((command) => command?.replace(' --ignore-scripts', ''))).toEqual(steps)
    expect(publish.match(/npm (ci|publish) --ignore-scripts/g)).toHaveLength(2)
  })

  it('has rights to read alone, but for the token of the job that publishes, and no secret', () => {
    const rights = (text: string) =>
      [...text.matchAll(/^ +([a-z-]+): (read|write)$/gm)].map(([, name, kind]) => `${name} ${kind}`)
    expect([head, test, publish].map(rights)).toEqual([
      ['contents read'],
      [],
      ['contents read', 'id-token write'],
    ])
    expect(workflow).not.toContain('secrets.')
  })

  it('runs no action that is not pinned by its commit', () => {
    const actions = [...workflow.matchAll(/uses: (.*)$/gm)].map(([, action = '']) => action)
    expect(actions.length).toBeGreaterThan(0)
    expect(actions.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/.test(action))).toEqual([])
  })
})
