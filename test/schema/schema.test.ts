import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { generate, type Json } from './generate.js'

const file = fileURLToPath(new URL('../../latchkey.schema.json', import.meta.url))
const text = `${JSON.stringify(generate(), undefined, 2)}\n`
if (process.env.LATCHKEY_SCHEMA === 'write') writeFileSync(file, text)

/** Each object with properties in the schema, with where it is. */
function* objectsIn(value: unknown, path = '#'): Generator<readonly [string, Json]> {
  if (typeof value !== 'object' || value === null) return
  const { type, properties } = value as Json
  if (type === 'object' && properties) yield [path, properties as Json]
  for (const [name, one] of Object.entries(value)) yield* objectsIn(one, `${path}/${name}`)
}

describe('latchkey.schema.json', () => {
  it('is what the schema in src/config makes: npm run schema', () => {
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('has a title and a description for each property', () => {
    const objects = [...objectsIn(generate())]
    expect(objects.length).toBeGreaterThan(25)
    const bare = objects.flatMap(([path, properties]) =>
      Object.entries(properties as Record<string, Json>)
        .filter(([, { title, description }]) => !title || !description)
        .map(([name]) => `${path} ${name}`),
    )
    expect(bare).toEqual([])
  })
})
