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

function modulesIn(part: 'peers' | 'strategies' | 'by-hand', notThese = ''): Contender[] {
  const names = readdirSync(`${folder}${part}`).filter((file) => file.endsWith('.js') && file !== notThese)
  return names.map((file) => ({ module: `./${part}/${file}`, host: `${part}-${file.replace('.js', '')}` }))
}

export const strategies: readonly Contender[] = modulesIn('strategies', 'kept.js')
export const peers: readonly Contender[] = modulesIn('peers', 'attach.js')

const textOf = ({ module }: Contender) => readFileSync(`${folder}${module}`, 'utf8')

/** Those that can renew a token at any server, and what an app can write instead of them. */
export const stormers: readonly Contender[] = [...peers, ...modulesIn('by-hand')].filter((one) =>
  /^export const storm /m.test(textOf(one)),
)

export const isPeer = ({ module }: Pick<Contender, 'module'>): boolean => module.startsWith('./peers/')

/** What a contender is called is the package it is a file for, unless it says so itself. */
export function nameOf(contender: Contender): string {
  const said = /export const name = '([^']+)'/.exec(textOf(contender))?.[1]
  return said ?? contender.module.replace(/^.*\/|\.js$/g, '')
}

type Locked = Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>

const lockedIn = (path: string): Locked => JSON.parse(readFileSync(`${folder}${path}`, 'utf8')).packages

/** Whether what is there is what the lock file says. What is optional may be for another machine; '' is the folder itself. */
function areInstalled(): boolean {
  // npm's own note of what is there, which it writes at the end.
  const note = 'node_modules/.package-lock.json'
  if (!existsSync(`${folder}${note}`)) return false
  const there = lockedIn(note)
  return Object.entries(lockedIn('package-lock.json')).every(
    ([at, { version, optional }]) => at === '' || optional || there[at]?.version === version,
  )
}

/** The version of the package that a peer is a file for. */
export function versionOf(peer: Contender): string {
  const [name] = nameOf(peer).split(' ')
  return lockedIn('package-lock.json')[`node_modules/${name}`]?.version ?? ''
}

/** Installs the peers as their lock file says, when they are not there. No script of theirs is run. */
export function installPeers(): void {
  if (areInstalled()) return
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] } satisfies SpawnSyncOptions
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options)
  if (status !== 0) throw new Error('the peers could not be installed: npm ci in test/bench failed')
}
