import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Home {
  readonly path: string
  readonly env: Record<string, string | undefined>
  remove(): void
}

function environment(path: string): Home['env'] {
  return {
    ...process.env,
    HOME: path,
    TMPDIR: path,
    XDG_CACHE_HOME: join(path, 'cache'),
    XDG_CONFIG_HOME: join(path, 'config'),
    XDG_DATA_HOME: join(path, 'data'),
    // Both services would be started behind our back and outlive the browser.
    NO_AT_BRIDGE: '1',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  }
}

const inMemory = '/dev/shm'
const enoughBytes = 2 ** 30

/** In memory where there is room: IndexedDB waits for the disk, which takes seconds when others write, too. */
function folder(): string {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    if (bavail * bsize > enoughBytes) return inMemory
  } catch {
    // There is none but on Linux.
  }
  return tmpdir()
}

/** A folder for all a browser writes: its profile is fresh, and nothing of it stays. */
export function makeHome(): Home {
  const path = mkdtempSync(join(folder(), 'latchkey-'))
  // A browser's last threads may still be writing while its folder is being removed.
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 4, retryDelay: 20 })
  return { path, env: environment(path), remove }
}
