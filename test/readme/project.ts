import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Snippet, scriptsOf } from './snippets.js'

export const root: string = fileURLToPath(new URL('../../', import.meta.url))

/** What a snippet may take for granted: the instance that the README's first one makes. */
const AMBIENT = `import type { Latchkey } from 'latchkey'
declare global { const latchkey: Latchkey }
`

const compilerOptions = {
  strict: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  allowJs: true,
  skipLibCheck: true,
  rootDir: 'snippets',
  outDir: 'out',
}

const execute = promisify(execFile)

async function outputOf(options: readonly string[], cwd: string): Promise<string> {
  const started = execute(process.execPath, options, { cwd, timeout: 30_000 })
  return started.then(
    () => '',
    ({ stdout, stderr, killed }) => `${stdout}${stderr}${killed ? 'it did not end' : ''}` || 'it failed',
  )
}

export const nameOf = ({ language, line }: Snippet): string =>
  `line-${line}.${language === 'ts' ? 'ts' : 'js'}`

/** A module each, so that no snippet sees the names of another one. */
function moduleOf({ language, code }: Snippet): string {
  if (language === 'html') return `${scriptsOf(code).join('\n')}\nexport {}\n`
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
  for (const one of snippets) writeFileSync(join(folder, 'snippets', nameOf(one)), moduleOf(one))
}

export interface Project {
  /** What the compiler has to say of the snippet of that name, if anything. */
  faults(name: string): string[]
  /** Runs it in what looks like a page; what it has to say if it fails. */
  run(name: string): Promise<string>
  remove(): void
}

/** Compiles all snippets at once. */
export async function compile(snippets: readonly Snippet[]): Promise<Project> {
  const folder = makeFolder()
  write(folder, snippets)
  const output = await outputOf([join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder)
  const page = join(root, 'test/readme/page.mjs')
  const lines = output.split('\n')
  // What is not about a snippet is about them all: it would have kept them from being compiled.
  const general = lines.filter((line) => /^(?!snippets\/line-)\S/.test(line))
  return {
    faults: (name) => [...general, ...lines.filter((line) => line.startsWith(`snippets/${name}(`))],
    run: (name) => outputOf(['--import', page, join(folder, 'out', name.replace(/ts$/, 'js'))], folder),
    remove: () => rmSync(join(folder, '..'), { recursive: true, force: true }),
  }
}
