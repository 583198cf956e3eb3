import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './project.js'
import { filesLinked, missingRows, wrongGuarantees } from './security.js'

const read = (path: string) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined
const security = read('SECURITY.md') ?? ''

describe('SECURITY.md', () => {
  it('names the packages that are trusted because they are in it', () => {
    const { dependencies } = JSON.parse(read('package.json') ?? '')
    const [line = ''] = /The packages it is made of[^;]+/.exec(security) ?? []
    expect([...line.matchAll(/`([\w-]+)`/g)].map(([, name]) => name)).toEqual(Object.keys(dependencies))
  })

  it('promises nothing that no test proves', () => {
    expect(wrongGuarantees(security, read)).toEqual([])
  })

  it('says of each strategy what it exposes', () => {
    expect(missingRows(security, read('src/index.ts') ?? '')).toEqual([])
  })

  it('links files that are there', () => {
    expect(filesLinked(security).filter((path) => read(path) === undefined)).toEqual([])
  })

  it.each(['README.md', 'CONTRIBUTING.md'])('is found from %s', (path) => {
    expect(filesLinked(read(path) ?? '')).toContain('SECURITY.md')
  })
})

describe('the check of SECURITY.md', () => {
  const test = '[a.test.ts](a.test.ts): “it holds”'
  const page = (...lines: string[]) => `## Guarantees\n\n1. **It holds.**\n${lines.join('\n')}\n\n## Next\n`
  const files: Record<string, string> = { 'a.test.ts': "test('it holds', () => {}) // it was true" }
  const wrong = (markdown: string) => wrongGuarantees(markdown, (path) => files[path]).join()

  it('has nothing against a guarantee whose test is there', () => {
    expect(wrong(page(`   - ${test}`))).toBe('')
  })

  it.each([
    ['no test', page(), '1 has no test'],
    ['no test, before one that has', page('\n### More\n', `2. **So.**\n   - ${test}`), '1 has no test'],
    ['a file that is not there', page(`   - ${test.replaceAll('a.test', 'b.test')}`), 'which is not there'],
    ['a test that is not in the file', page(`   - ${test.replace('it holds', 'it does')}`), 'it does'],
    ['a name that is in a comment alone', page(`   - ${test.replace('it holds', 'it was true')}`), 'it was'],
    ['a link that has no name', page('   - [a.test.ts](a.test.ts)'), 'is no link'],
    ['a link to another file than it says', page(`   - ${test.replace('a.test', 'b.test')}`), 'is no link'],
    ['one of two that is wrong', page(`   - ${test}`, '   - something'), '1 is no link'],
    ['no guarantees at all', '## Guarantees\n\n## Next\n', 'there are no guarantees'],
  ])('finds %s', (_, markdown, fault) => {
    expect(wrong(markdown)).toContain(fault)
  })

  it('misses the row of a strategy, and of what encrypts or binds, but not of types', () => {
    const index =
      "export { aStrategy } from './a.js'\nexport { type D, dpop } from './d.js'\nexport type { S } from './s.js'"
    expect(missingRows('| `aStrategy()` | all |\n| any with `dpop()` | all |', index)).toEqual([])
    expect(missingRows('| aStrategy | all |\n| `dpopping()` | all |', index)).toEqual(['aStrategy', 'dpop'])
  })

  it('knows which links lead to files', () => {
    expect(filesLinked('[a](a.md#b) [c](#c) [d](https://d.example) [e](e/f.ts)')).toEqual(['a.md', 'e/f.ts'])
  })
})
