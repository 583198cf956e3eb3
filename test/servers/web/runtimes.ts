import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export type Runtime = 'redis-server' | 'python3-django'

// The `python3` on PATH may be another one, which does not see Debian's packages.
export const PYTHON = '/usr/bin/python3'

const isThere: Record<Runtime, () => boolean> = {
  'redis-server': () => spawnSync('redis-server', ['--version']).status === 0,
  'python3-django': () => existsSync('/usr/lib/python3/dist-packages/django') && existsSync(PYTHON),
}

/** Whether what a server needs is installed. With CI set none is left out, so that a missing one fails the run. */
export function isUsable(needs: Runtime | undefined): boolean {
  if (!needs || process.env.CI === 'true' || isThere[needs]()) return true
  console.error(`\n*** latchkey: ${needs} is not installed; THE TESTS OF ITS SERVER ARE LEFT OUT ***\n`)
  return false
}
