import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** One of those that are measured: the file it is in, and where its page is. */
export interface Contender {
  /** Its module, from this folder. */
  readonly module: string
  /** Its name in the address of its page, so that no two share what is stored. */
  readonly host: string
}

function modulesIn(part: 'peers' | 'strategies', notThese: string): Contender[] {
  const names = readdirSync(`${folder}${part}`).filter((file) => file.endsWith('.js') && file !== notThese)
  return names.map((file) => ({ module: `./${part}/${file}`, host: `${part}-${file.replace('.js', '')}` }))
}

export const strategies: readonly Contender[] = modulesIn('strategies', 'kept.js')
export const peers: readonly Contender[] = modulesIn('peers', 'attach.js')

/** What a contender is called is the package it is a file for, unless it says so itself. */
export function nameOf({ module }: Contender): string {
  const said = /export const name = '([^']+)'/.exec(readFileSync(`${folder}${module}`, 'utf8'))?.[1]
  return said ?? module.replace(/^.*\/|\.js$/g, '')
}

/** Installs the peers as their lock file says, when they are not there. No script of theirs is run. */
export function installPeers(): void {
  if (existsSync(`${folder}node_modules`)) return
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] } satisfies SpawnSyncOptions
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options)
  if (status !== 0) throw new Error('the peers could not be installed: npm ci in test/bench failed')
}
