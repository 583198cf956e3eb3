import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importsOf } from './source.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-declarations-'))
  // Whether the types are right is for the compiler's own run to say.
  const options = ['-p', root, '--noCheck', '--emitDeclarationOnly', '--outDir', folder]
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options])
}, 120_000)
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const declarations = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.d.ts') && !path.startsWith('testing'),
  )

const packagesOf = (path: string) =>
  importsOf(readFileSync(join(folder, path), 'utf8'))
    .map(({ from }) => from)
    .filter((from) => !from.startsWith('.'))

describe('the declarations that users get', () => {
  it('are as many as the source files', () => {
    expect(declarations().length).toBeGreaterThan(20)
  })

  it('need the types of no package but ky and the framework a binding is for; js-cookie ships none', () => {
    const needed = declarations().map((path) => [path, packagesOf(path)] as const)
    const packages = needed.filter(([, names]) => names.length > 0)
    expect(Object.fromEntries(packages)).toEqual({
      'clients/ky.d.ts': ['ky'],
      'clients/react.d.ts': ['react'],
      'clients/vue.d.ts': ['vue'],
      'config/schema.d.ts': ['valibot'],
    })
  })

  it('name the schema of configurations nowhere but in files that nobody imports', () => {
    expect(importsOf(readFileSync(join(folder, 'config/configure.d.ts'), 'utf8'))).not.toContainEqual(
      expect.objectContaining({ from: './schema.js' }),
    )
  })
})
