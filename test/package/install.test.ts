import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { consumer, testingConsumer } from './consumer.js'
import { install, run, tsc, usePacked } from './pack.js'

const packed = usePacked()

/** Says what changed in the global scope, if anything, while the module was imported. */
const importer = (name: string) => `
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
}, 240_000)

describe.each(['latchkey', 'latchkey/testing'])('%s, installed from its tarball', (name) => {
  it('is imported by Node, changes no global, says nothing and lets the process end', {
    timeout: 60_000,
  }, async () => {
    const { folder } = packed()
    writeFileSync(join(folder, 'import.js'), importer(name))
    const { code, output } = await run(process.execPath, ['--no-warnings', 'import.js'], folder, 30)
    expect(output.trim()).toBe(JSON.stringify({ hasExports: true, changed: [] }))
    expect(code).toBe(0)
  })
})

describe('the types, installed from the tarball', () => {
  it.each([
    { module: 'esnext', moduleResolution: 'bundler' },
    { module: 'node16', moduleResolution: 'node16' },
  ])('fit an app that is compiled with $moduleResolution', { timeout: 120_000 }, async (resolution) => {
    const { folder } = packed()
    const config = {
      compilerOptions: { ...compilerOptions, ...resolution },
      files: ['consumer.ts', 'testing.ts'],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const { code, output } = await run(process.execPath, [tsc, '-p', folder], folder)
    expect(output).toBe('')
    expect(code).toBe(0)
  })
})
