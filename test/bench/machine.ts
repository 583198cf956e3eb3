import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { findChromium, findFirefox } from '../harness/find.js'

function versionOf(browser: string | undefined): string {
  if (!browser) return 'missing'
  const said = execFileSync(browser, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return said.trim().replace(/ built on .*/, '')
}

/** What the figures depend on besides the code. */
export function machineFacts(): string[] {
  const [processor] = cpus()
  return [
    `${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `${type()} ${release().replace(/-.*/, '')}, Node ${process.versions.node}`,
    `${versionOf(findChromium())}, ${versionOf(findFirefox())}`,
  ]
}

/** What is so at the moment, for figures that are taken now. */
export function momentFacts(): string[] {
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}, load at the start ${loadavg()[0]?.toFixed(1)}`,
  ]
}
