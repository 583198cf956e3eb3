import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixture } from './fixture.js'
import { compile, nameOf, type Project } from './project.js'
import { wrongSizes } from './sizes.js'
import { filesLoaded, jsonOf, membersUsed, type Snippet, scriptsOf, snippetsOf } from './snippets.js'

const snippets = snippetsOf(fixture)
const isBroken = ({ code }: Snippet) => code.includes('= ;')
const [sound, badType, badImport, runs, fails, later, html] = snippets
  .filter((one) => !isBroken(one))
  .map(nameOf)

let project: Project | undefined
beforeAll(async () => {
  // A syntax error keeps the compiler from looking at any types.
  project = await compile(snippets.filter((one) => !isBroken(one)))
}, 120_000)
afterAll(() => project?.remove())

const faults = (name = '') => project?.faults(name).join('\n') ?? ''

describe('the check of the documents', () => {
  it('finds the snippets for a page, and where they begin', () => {
    const kinds = snippets.map(({ language, runs }) => (runs ? `${language} run` : language))
    expect(kinds).toEqual(['ts', 'ts', 'ts', 'ts run', 'js run', 'js run', 'js', 'html'])
    expect(snippets[0]?.line).toBe(3)
    expect(snippetsOf(fixture, 'docs/a.md').map(nameOf)[0]).toBe('docs/a.md-line-3.ts')
  })

  it('has nothing against a snippet that is right, whatever is wrong with others', () => {
    expect([faults(sound), faults(runs), faults(html)]).toEqual(['', '', ''])
  })

  it('finds a wrong type and a wrong import', () => {
    expect(faults(badType)).toContain("'number' is not assignable to type 'string'")
    expect(faults(badImport)).toContain('noSuchThing')
  })

  it('finds a wrong syntax', { timeout: 60_000 }, async () => {
    const broken = snippets.filter(isBroken)
    const other = await compile(broken)
    expect(broken.map((one) => other.faults(nameOf(one)).join())).toEqual([expect.stringContaining('TS1109')])
    other.remove()
  })

  it('runs snippets, and finds that one fails, at once or later', { timeout: 60_000 }, async () => {
    const failures = (await project?.run([runs ?? '', fails ?? '', later ?? ''])) ?? {}
    expect(failures[runs ?? '']).toBe('')
    expect(failures[fails ?? '']).toContain('it does not run')
    expect(failures[later ?? '']).toContain('it fails later')
  })

  it('finds what is JSON', () => {
    const fence = '```'
    expect(jsonOf(`a\n${fence}json\n{ "a": 1 }\n${fence}\n${fence}ts\n1\n${fence}\n`)).toEqual([
      { line: 2, code: '{ "a": 1 }\n' },
    ])
  })

  it('reads what a page does with the script tag, and takes no data for a script', () => {
    const page = snippets.at(-1)?.code ?? ''
    expect(scriptsOf(page)).toHaveLength(1)
    expect(membersUsed(page)).toEqual(['createLatchkey', 'magicStrategy'])
    expect(filesLoaded(page)).toEqual(['latchkey.min.js'])
  })

  it('compares the figures of tables about gzip, to a tenth of a kilobyte', () => {
    const jwt = { name: '{ createLatchkey, jwtStrategy }', gzip: 4100 }
    const all = { name: 'everything with ky', gzip: 15_360 }
    expect(wrongSizes(fixture, [jwt, all])).toEqual([])
    expect(wrongSizes(fixture, [{ ...jwt, gzip: 4200 }])).toHaveLength(1)
    expect(wrongSizes(fixture, [{ name: 'dist/latchkey.min.js', gzip: 15_667 }])).toHaveLength(1)
    expect(wrongSizes('', [jwt])).toHaveLength(1)
  })
})
