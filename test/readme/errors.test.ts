import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './project.js'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The codes of the union, as it is written. */
function codesOf(source: string): string[] {
  const [, union = ''] = /export type LatchkeyErrorCode =\n((?: {2}\| '\w+'\n)+)/.exec(source) ?? []
  return [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code)
}

interface Entry {
  readonly code: string
  readonly text: string
}

function entriesOf(markdown: string): Entry[] {
  return [...markdown.matchAll(/^## `(ERR_\w+)`\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)].map(
    ([, code = '', text = '']) => ({ code, text }),
  )
}

describe('the guide to errors', () => {
  const codes = codesOf(read('src/errors.ts'))
  const entries = entriesOf(read('docs/errors.md'))

  it('has an entry for each code, in their order, and for no other', () => {
    expect(codes.length).toBeGreaterThan(10)
    expect(entries.map(({ code }) => code)).toEqual(codes)
  })

  it.each(codes)('says when %s comes, and what to do', (code) => {
    const text = entries.find((entry) => entry.code === code)?.text
    expect(text).toMatch(/^\nWhen: [\s\S]+\*\*What to do:\*\* \S/)
  })
})
