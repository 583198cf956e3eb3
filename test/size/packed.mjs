import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function run(command, options, cwd) {
  const { status, stderr, error } = spawnSync(command, options, { cwd, encoding: 'utf8' })
  if (status !== 0) throw error ?? new Error(`${command} ${options[0]} ended with ${status}: ${stderr}`)
}

function unpack(root, folder) {
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root)
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  const target = join(folder, 'node_modules', 'latchkey')
  mkdirSync(target, { recursive: true })
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', target], folder)
}

function linkDependencies(root, folder, names) {
  for (const name of names) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'dir')
  }
}

/**
 * Lends out a folder in which the package is installed as its users get it, with the dependencies of the
 * checkout, and removes it afterwards.
 */
export async function withPacked(root, dependencies, use) {
  if (!existsSync(join(root, 'dist', 'latchkey.min.js'))) throw new Error('run npm run build first')
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-size-'))
  try {
    unpack(root, folder)
    linkDependencies(root, folder, dependencies)
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
