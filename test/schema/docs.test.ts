import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.js'
import { faultsIn, flaggedByEditor } from './flagged.js'
import { generate, type Json } from './generate.js'

const page = readFileSync(new URL('../../docs/environments.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = ''], index) => {
  return [`example ${index + 1}`, JSON.parse(text) as JsonObject] as const
})

/** What is described by a type, of each kind. */
const kinds = ['strategy', 'store', 'placement', 'csrf', 'refresh']
const definitions = generate().definitions as Record<string, { properties: Record<string, Json> }>
const typesOf = (kind: string) => definitions[kind]?.properties.type?.enum as string[]

describe('docs/environments.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(3)
  })

  it.each(examples)('shows nothing that is wrong: %s', (_, example) => {
    const http = ({ must }: { must: string }) => !must.startsWith('be used in a secure context')
    expect(faultsIn(example).filter(http)).toEqual([])
    expect(flaggedByEditor(example)).toEqual([])
  })

  it.each(kinds)('names every type of %s in its table', (kind) => {
    expect(typesOf(kind).length).toBeGreaterThan(0)
    const missing = typesOf(kind).filter((type) => !new RegExp(`^\\|.*\`${type}\``, 'm').test(page))
    expect(missing).toEqual([])
  })

  it('names every setting', () => {
    const { properties } = generate() as { properties: object }
    expect(Object.keys(properties).filter((name) => !page.includes(name))).toEqual([])
  })

  it('gives the default of every setting that has one', () => {
    const { properties } = generate() as { properties: Record<string, { default?: unknown }> }
    const rows = Object.entries(properties).flatMap(([name, one]) =>
      one.default === undefined ? [] : `| \`${name}\` | \`${JSON.stringify(one.default)}\` |`,
    )
    expect(rows).toContain('| `refreshBeforeSeconds` | `30` |')
    expect(rows.filter((row) => !page.includes(row))).toEqual([])
  })
})
