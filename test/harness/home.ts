import { mkdtempSync, rmSync } from 'node:fs'
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

/** A folder for all a browser writes: its profile is fresh, and nothing of it stays. */
export function makeHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-'))
  // A browser's last threads may still be writing while its folder is being removed.
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 4, retryDelay: 20 })
  return { path, env: environment(path), remove }
}
