import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loaded } from '../size/bundle.mjs'
import { bytesOf } from '../size/bytes.mjs'
import type { BenchArguments } from './arguments.js'
import { bundled } from './bundled.js'
import { overTabs } from './over-tabs.js'
import { type Contender, nameOf, peers, versionOf } from './peers.js'
import type { Row } from './rows.js'

const size = fileURLToPath(new URL('../size/size.mjs', import.meta.url))

interface Bytes {
  readonly min: number
  readonly gzip: number
  readonly brotli: number
}

const rowOf = (name: string, { min, gzip, brotli }: Bytes): Row => ({
  name,
  engine: 'any',
  min,
  gzip,
  brotli,
  oneRefreshForAllTabs: overTabs(name),
})

/** The rows of `npm run size`, which says itself what is wrong with them. */
function ours(): Row[] {
  const { stdout, stderr } = spawnSync(process.execPath, [size, '--json'], { encoding: 'utf8' })
  if (!stdout) throw new Error(stderr)
  const { rows }: { rows: (Bytes & { name: string })[] } = JSON.parse(stdout)
  return rows.map((row) => rowOf(`latchkey ${row.name}`, row))
}

async function theirs(peer: Contender): Promise<Row> {
  const chunks = await bundled(peer, `export { open } from '${peer.module}'`)
  return { ...rowOf(nameOf(peer), bytesOf(loaded(chunks))), version: versionOf(peer) }
}

/** What an app loads for each import of the library, and for each peer that stores and attaches. */
export async function bytes({ match }: BenchArguments): Promise<Row[]> {
  const rows = ours().filter(({ name }) => name.includes(match))
  for (const peer of peers.filter((one) => nameOf(one).includes(match))) rows.push(await theirs(peer))
  return rows.toSorted((one, other) => Number(one.gzip) - Number(other.gzip))
}
