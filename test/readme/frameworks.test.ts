import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile } from 'svelte/compiler'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileScript, parse } from 'vue/compiler-sfc'
import { run, tsc } from '../package/pack.js'
import { root } from './project.js'

const page = readFileSync(join(root, 'docs/frameworks.md'), 'utf8')
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
  language,
  code,
}))
const of = (wanted: string) => blocks.flatMap(({ language, code }) => (language === wanted ? [code] : []))

const [latchkeyModule = ''] = of('ts')
const imports = (code: string) => code.match(/^ *import .*$/gm)?.join('\n') ?? ''

/** What a compiler of types can read of each: of a Svelte component, whose `$` it does not know, what is imported. */
const modules: Readonly<Record<string, string>> = Object.fromEntries([
  ['latchkey.ts', latchkeyModule],
  ...of('ts').map((code, index) => [`plain-${index}.ts`, code]),
  ...of('tsx').map((code, index) => [`react-${index}.tsx`, code]),
  ...of('vue').map((code, index) => [`vue-${index}.ts`, parse(code).descriptor.scriptSetup?.content ?? '']),
  ...of('svelte').map((code, index) => [`svelte-${index}.ts`, imports(code)]),
])

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  jsx: 'react-jsx',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  skipLibCheck: true,
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-frameworks-'))
  const app = join(folder, 'app')
  mkdirSync(join(app, 'node_modules'), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  symlinkSync(root, join(app, 'node_modules/latchkey'), 'dir')
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  for (const [name, code] of Object.entries(modules)) writeFileSync(join(app, name), `${code}\nexport {}\n`)
})
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true })
})

test('what the page on frameworks shows fits the types', { timeout: 120_000 }, async () => {
  expect(Object.keys(modules).length).toBeGreaterThanOrEqual(blocks.length)
  const { output, code } = await run(process.execPath, [tsc, '-p', 'app'], folder)
  expect([output, code]).toEqual(['', 0])
})

test('its components are taken by Vue’s and Svelte’s compilers, without a warning', () => {
  const [vue = '', ...moreOfVue] = of('vue')
  const [svelte = '', ...moreOfSvelte] = of('svelte')
  expect([moreOfVue, moreOfSvelte]).toEqual([[], []])
  const { descriptor, errors } = parse(vue)
  const { warnings: inVue = [] } = compileScript(descriptor, { id: 'page', inlineTemplate: true })
  const { warnings: inSvelte } = compile(svelte, { filename: 'page.svelte' })
  expect([errors, inVue, inSvelte]).toEqual([[], [], []])
})
