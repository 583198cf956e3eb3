import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds the demo as `npm start` does, once for all files that start it. */
export default function setup(): void {
  const start = fileURLToPath(new URL('../../demo/start.mjs', import.meta.url))
  const { status } = spawnSync(process.execPath, [start, '--build'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the demo could not be built')
}
