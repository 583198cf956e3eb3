import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { bindingsConsumer, commonConsumer, consumer, svelteConsumer, testingConsumer } from './consumer.js'
import { install, packedOnce, root, run, tsc } from './pack.js'

const packed = packedOnce()

/** Says what changed in the global scope, if anything, while the module was imported. */
const importer = (name: string, framework: string) => `
// What a framework does is not the library's.
if ('${framework}' !== 'latchkey') await import('${framework}')
// Node makes some globals when they are first looked at, so all are, before.
const look = () => new Map(Reflect.ownKeys(globalThis).map((key) => [key, globalThis[key]]))
look()
const before = look()
const exported = await import('${name}')
const after = look()
const keys = new Set([...before.keys(), ...after.keys()])
const isSame = (key) => before.has(key) && after.has(key) && Object.is(before.get(key), after.get(key))
const changed = [...keys].filter((key) => !isSame(key)).map(String)
console.log(JSON.stringify({ hasExports: Object.keys(exported).length > 0, changed }))
`

/** Code that ends an instance's life or does not, and in any case leaves the process nothing to wait for. */
const lives = {
  'made an instance': 'make()',
  'made one and disposed of it': 'make().dispose()',
  'awaited one': 'await make().ready()',
  'used one':
    'await make().set({ access_token: "a.e30.a", refresh_token: "r", expires_in: 60 }).catch(() => {})',
}

/** Says how long the process lived when it had nothing more to do. */
const liver = (life: string, strategy: string) => `
import { createLatchkey, jwtStrategy, memoryStrategy, tokenStrategy } from 'latchkey'
const allowedOrigins = ['https://api.example.com']
const refresh = async () => null
const make = () => createLatchkey({ strategy: ${strategy}, allowedOrigins, refresh, keepFresh: true })
process.on('exit', () => console.log(performance.now() - start < 1000 ? 'ended by itself' : 'was kept'))
const start = performance.now()
${life}
`

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
}

beforeAll(async () => {
  const { folder } = packed()
  await install(packed(), { name: 'app', version: '1.0.0', private: true, type: 'module' })
  writeFileSync(join(folder, 'consumer.ts'), consumer)
  writeFileSync(join(folder, 'testing.ts'), testingConsumer)
  writeFileSync(join(folder, 'bindings.ts'), bindingsConsumer)
  writeFileSync(join(folder, 'svelte.ts'), svelteConsumer)
  writeFileSync(join(folder, 'common.cts'), commonConsumer)
  mkdirSync(join(folder, 'node_modules/@types'))
  for (const name of ['@types/node', '@types/react', 'react', 'svelte', 'vue'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
}, 240_000)

describe.each([
  ['latchkey'],
  ['latchkey/testing'],
  ['latchkey/react', 'react'],
  ['latchkey/vue', 'vue'],
  ['latchkey/svelte'],
  ['latchkey/inspector'],
])('%s, installed from its tarball', (name, framework = 'latchkey') => {
  it('is imported by Node, changes no global, says nothing and lets the process end', {
    timeout: 60_000,
  }, async () => {
    const { folder } = packed()
    writeFileSync(join(folder, 'import.js'), importer(name, framework))
    const { code, output } = await run(process.execPath, ['--no-warnings', 'import.js'], folder, 30)
    expect(output.trim()).toBe(JSON.stringify({ hasExports: true, changed: [] }))
    expect(code).toBe(0)
  })
})

describe.each(['memoryStrategy()', 'tokenStrategy()', "jwtStrategy({ storage: 'local' })"])(
  'in Node, %s',
  (strategy) => {
    it.each(Object.entries(lives))('lets a process end that has %s', { timeout: 60_000 }, async (_, life) => {
      const { folder } = packed()
      writeFileSync(join(folder, 'life.js'), liver(life, strategy))
      const { code, output } = await run(process.execPath, ['--no-warnings', 'life.js'], folder, 30)
      expect([output.trim(), code]).toEqual(['ended by itself', 0])
    })
  },
)

const modules = ['consumer.ts', 'testing.ts']
const typescript6 = join(root, 'node_modules/typescript-6/bin/tsc')

/** Ways to resolve a package. One is known to the compiler before this one alone, which is slow. */
const resolutions = [
  {
    name: 'bundler',
    moduleResolution: 'bundler',
    module: 'esnext',
    files: [...modules, 'bindings.ts', 'svelte.ts'],
  },
  { name: 'node16', moduleResolution: 'node16', module: 'node16', files: modules },
  {
    name: 'nodenext, also from CommonJS',
    moduleResolution: 'nodenext',
    module: 'nodenext',
    files: [...modules, 'bindings.ts', 'common.cts'],
  },
  {
    name: 'nodenext, no DOM',
    moduleResolution: 'nodenext',
    module: 'nodenext',
    files: modules,
    lib: ['es2022'],
    types: ['node'],
    skipLibCheck: true,
  },
  {
    name: 'node10',
    moduleResolution: 'node10',
    module: 'esnext',
    files: [...modules, 'bindings.ts'],
    ignoreDeprecations: '6.0',
    skipLibCheck: true,
    compiler: typescript6,
  },
]

describe('the types, installed from the tarball', () => {
  it.each(resolutions)(
    'fit an app that is compiled with $name',
    { timeout: 120_000 },
    async ({ name: _, files, compiler = tsc, ...resolution }) => {
      const { folder } = packed()
      const config = { compilerOptions: { ...compilerOptions, ...resolution }, files }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
      const { code, output } = await run(process.execPath, [compiler, '-p', folder], folder)
      expect(output).toBe('')
      expect(code).toBe(0)
    },
  )
})
