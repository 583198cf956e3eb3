import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { mustBeBuilt, root } from './pack.js'

beforeAll(mustBeBuilt)

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The names that a script leaves in the global scope, and what it makes of one of them. */
function load(code: string) {
  // Of all that a page has, ky asks for this alone when it is loaded.
  const context = createContext({ TextEncoder })
  const names = (): string[] => runInContext('Object.getOwnPropertyNames(globalThis)', context)
  const before = new Set(names())
  runInContext(code, context)
  const added = names().filter((name) => !before.has(name))
  const ask = (expression: string) => runInContext(expression, context)
  return { added, ask }
}

describe.each(['dist/latchkey.min.js', 'dist/latchkey.js'])('%s', (path) => {
  it('defines the one global Latchkey, frozen, with the exports of the package and the tag’s instance, if any', {
    timeout: 60_000,
  }, async () => {
    const { added, ask } = load(read(path))
    const exported = await import(/* @vite-ignore */ pathToFileURL(join(root, 'dist/esm/index.js')).href)
    expect(added).toEqual(['Latchkey'])
    expect(ask('Object.isFrozen(Latchkey)')).toBe(true)
    expect([...ask('Object.keys(Latchkey)')].sort()).toEqual([...Object.keys(exported), 'instance'].sort())
    expect(ask('Latchkey.instance')).toBe(undefined)
  })

  it('loaded once more, also in another version, changes nothing: the first one stays', () => {
    const context = createContext({ TextEncoder })
    runInContext(read(path), context)
    const before = runInContext('Latchkey', context)
    runInContext(`var Latchkey = Latchkey ?? { version: 2 }; ${read(path)}`, context)
    expect(runInContext('Latchkey', context)).toBe(before)
    expect(runInContext('Object.isFrozen(Latchkey)', context)).toBe(true)
  })

  it('loaded once more where a frame of another origin is called currentScript, tells of it all the same', () => {
    const context = createContext({ TextEncoder })
    runInContext(read(path), context)
    runInContext(
      `globalThis.HTMLScriptElement = class {}
      globalThis.CustomEvent = class { constructor(type, { detail }) { Object.assign(this, { type, detail }) } }
      globalThis.dispatchEvent = (event) => { told = event }
      const refuse = () => { throw new Error('SecurityError') }
      // Of a frame of another origin nothing can be asked, and its prototype is null.
      globalThis.document = { currentScript: new Proxy(Object.create(null), { get: refuse }) }
      var told`,
      context,
    )
    runInContext(read(path), context)
    expect(runInContext('JSON.stringify(told)', context)).toBe('{"type":"latchkey:loaded-twice","detail":{}}')
  })

  it('makes no code from text, which a page with a strict policy would not allow', () => {
    expect(read(path)).not.toMatch(/\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/)
  })
})

describe('dist/latchkey.min.mjs', () => {
  const path = 'dist/latchkey.min.mjs'
  const imported = (file: string) => import(/* @vite-ignore */ pathToFileURL(join(root, file)).href)

  it('exports what the package does, and imports nothing', { timeout: 60_000 }, async () => {
    const [exported, ours] = [await imported('dist/esm/index.js'), await imported(path)]
    expect(Object.keys(ours).sort()).toEqual(Object.keys(exported).sort())
    expect(read(path)).not.toMatch(/\bimport\s*[("'{*]|\bfrom\s*["']/)
  })

  it('makes no code from text, either', () => {
    expect(read(path)).not.toMatch(/\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/)
  })
})
