import { describe, expect, it } from 'vitest'
import { wrongStyle } from './smells.js'
import { readSources } from './source.js'

const style = (text: string, path = 'stores/a.ts') => wrongStyle({ [path]: text }).join()

describe('the style of src/', () => {
  it('is what STYLE asks for', () => {
    expect(wrongStyle(readSources())).toEqual([])
  })
})

describe('the check of style', () => {
  it.each([
    ['const a: any = 1', 'any'],
    ['const a = b as any', 'any'],
    ['const a = b!.c', 'a non-null assertion'],
    ['f(b[0]!)', 'a non-null assertion'],
    ['const a = f()! + 1', 'a non-null assertion'],
    ['// @ts-ignore\nf()', 'a silenced compiler'],
    ['// @ts-expect-error: so what\nf()', 'a silenced compiler'],
    ['console.warn(1)', 'the console'],
    ['function f() { globalThis.console.log(1) }', 'the console'],
    ['let a = 1', 'a module-level variable'],
    ['export let a: number | undefined', 'a module-level variable'],
    ['const f = () => { const b = 1 }\nvar c = 1', 'a module-level variable'],
    ['const a = new Map<string, string>()', 'a module-level collection'],
    ['class A {}', 'a class'],
    ['export const a = class extends B {}', 'a class'],
    ['export interface Storage {}', 'Storage is a global'],
    ['const a = 1\nexport { a as Credential }', 'Credential is a global'],
    ["export type { CookieStore } from './b.js'", 'CookieStore is a global'],
    ['export class SessionManager {}', 'SessionManager says nothing'],
    ['export const dateUtils = {}', 'dateUtils says nothing'],
  ])('finds what is wrong with: %s', (text, expected) => {
    expect(style(text)).toContain(expected)
  })

  it('allows 200 lines and no more', () => {
    expect(style('a\n'.repeat(200))).toBe('')
    expect(style('a\n'.repeat(201))).toContain('too many lines')
  })

  it.each(['helpers/a.ts', 'stores/cookie-utils.ts', 'common.ts', 'session/auth-service.ts'])(
    'finds that the name %s says nothing',
    (path) => expect(style('', path)).toContain('says nothing'),
  )

  it.each([
    '/** Any script can read it! */\nconst a = 1',
    "const a = 'any!.x'",
    'const a = /any!x/.test(b) ? "let it" : `var`',
    'const a = !b && c !== d && e!=f',
    'const a = AbortSignal.any([b])',
    'export function f() {\n  let a = 1\n  for (let b = 0; b < a; b++) a += b\n}',
    "class LatchkeyError extends Error {}\nconst a = b.class + 'class'",
    'const a: ReadonlySet<string> = new Set()',
    'export const commonest = 1',
    'function f(area: Storage): Credential {}',
  ])('has nothing against: %s', (text) => {
    expect(style(text)).toBe('')
  })
})
