import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Snippet, scriptsOf } from './snippets.js'

export const root: string = fileURLToPath(new URL('../../', import.meta.url))

/** What a snippet may take for granted: the instance that another one has made, here or in the app's own file for it. */
const AMBIENT = `import type { Latchkey } from 'latchkey'
declare global { const latchkey: Latchkey }
`
const MODULES = `declare module '*/latchkey.js' { export const latchkey: import('latchkey').Latchkey }
declare module '*/latchkey.min.mjs' { export * from 'latchkey' }
`

const compilerOptions = {
  strict: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  jsx: 'react-jsx',
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  allowJs: true,
  skipLibCheck: true,
  rootDir: 'snippets',
  outDir: 'out',
}

const execute = promisify(execFile)

async function outputOf(options: readonly string[], cwd: string): Promise<string> {
  const started = execute(process.execPath, options, { cwd, timeout: 60_000 })
  return started.then(
    () => '',
    ({ stdout, stderr, killed }) => `${stdout}${stderr}${killed ? 'it did not end' : ''}` || 'it failed',
  )
}

/** What is compiled of a language: the scripts in it. Svelte's have names that its own compiler alone knows. */
const BUILT: Readonly<Record<string, string>> = { html: 'js', svelte: 'js', vue: 'ts' }

export const nameOf = ({ language, page, line }: Snippet): string =>
  `${page}-line-${line}.${BUILT[language] ?? language}`

/** A module each, so that no snippet sees the names of another one. */
function moduleOf({ language, code }: Snippet): string {
  if (BUILT[language]) return `${scriptsOf(code).join('\n')}\nexport {}\n`
  return `${code}\nexport {}\n`
}

/** A folder in which the checkout is installed as the package, and its tools are, too. */
function makeFolder(): string {
  if (!existsSync(join(root, 'dist/esm/index.js')))
    throw new Error('dist/ is missing: run npm run build first')
  const outer = mkdtempSync(join(tmpdir(), 'latchkey-readme-'))
  const inner = join(outer, 'app')
  mkdirSync(join(inner, 'node_modules'), { recursive: true })
  mkdirSync(join(inner, 'snippets'))
  symlinkSync(join(root, 'node_modules'), join(outer, 'node_modules'), 'dir')
  symlinkSync(root, join(inner, 'node_modules/latchkey'), 'dir')
  return inner
}

function write(folder: string, snippets: readonly Snippet[]): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['snippets'] }))
  writeFileSync(join(folder, 'snippets/ambient.d.ts'), AMBIENT)
  writeFileSync(join(folder, 'snippets/modules.d.ts'), MODULES)
  for (const one of snippets) {
    const path = join(folder, 'snippets', nameOf(one))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, moduleOf(one))
  }
}

export interface Project {
  /** What the compiler has to say of the snippet of that name, if anything. */
  faults(name: string): string[]
  /** Runs them, each in what looks like a page of its own; what those have to say that fail, by their names. */
  run(names: readonly string[]): Promise<Readonly<Record<string, string>>>
  remove(): void
}

async function failures(names: readonly string[], out: string): Promise<Record<string, string>> {
  const built = names.map((name) => name.replace(/tsx?$/, 'js'))
  const runner = join(root, 'test/readme/run.mjs')
  const output = await outputOf([runner, out, join(out, 'failures.json'), ...built], out)
  if (output) throw new Error(output)
  const failed: string[] = JSON.parse(readFileSync(join(out, 'failures.json'), 'utf8'))
  return Object.fromEntries(names.map((name, at) => [name, failed[at] ?? 'it was not run']))
}

/** Compiles all snippets at once. */
export async function compile(snippets: readonly Snippet[]): Promise<Project> {
  const folder = makeFolder()
  write(folder, snippets)
  const output = await outputOf([join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder)
  const lines = output.split('\n')
  // What is not about a snippet is about them all: it would have kept them from being compiled.
  const general = lines.filter((line) => /^(?!snippets\/\S+-line-)\S/.test(line))
  return {
    faults: (name) => [...general, ...lines.filter((line) => line.startsWith(`snippets/${name}(`))],
    run: (names) => failures(names, join(folder, 'out')),
    remove: () => rmSync(join(folder, '..'), { recursive: true, force: true }),
  }
}
