import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll } from 'vitest'
import { mustBeBuilt, root } from './built.js'

export { mustBeBuilt, root }

export const tsc: string = join(root, 'node_modules/typescript/bin/tsc')

const execute = promisify(execFile)

export interface Outcome {
  readonly code: number
  /** What it wrote, to whichever of the two. */
  readonly output: string
}

/** A program's end, good or bad. One that does not end by itself is ended, and fails. */
export async function run(
  command: string,
  options: readonly string[],
  cwd: string,
  seconds = 110,
): Promise<Outcome> {
  const started = execute(command, options, { cwd, timeout: seconds * 1000, maxBuffer: 1e8 })
  return started.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code: Number(code) || 1, output: `${stdout}${stderr}` }),
  )
}

async function mustRun(command: string, options: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run(command, options, cwd)
  if (code !== 0) throw new Error(`${command} ${options.join(' ')} ended with ${code}:\n${output}`)
}

export interface Packed {
  readonly tarball: string
  /** The folder that the tarball was unpacked into. */
  readonly unpacked: string
  /** An empty folder to work in. */
  readonly folder: string
}

async function pack(folder: string): Promise<Packed> {
  mustBeBuilt()
  await mustRun('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root)
  const name = readdirSync(folder).find((one) => one.endsWith('.tgz'))
  if (name === undefined) throw new Error('npm pack has made no tarball')
  const tarball = join(folder, name)
  await mustRun('tar', ['-xzf', tarball, '-C', folder], folder)
  mkdirSync(join(folder, 'project'))
  return { tarball, unpacked: join(folder, 'package'), folder: join(folder, 'project') }
}

/** Packs the package before a file's tests, and removes what was made for them afterwards. */
export function packedOnce(): () => Packed {
  let folder = ''
  let packed: Packed | undefined
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-package-'))
    packed = await pack(folder)
  }, 120_000)
  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    if (packed === undefined) throw new Error('the package was not packed')
    return packed
  }
}

/** Installs the tarball into the empty folder, as its users do. */
export async function install({ tarball, folder }: Packed, manifest: object): Promise<void> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  await mustRun('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], folder)
}
