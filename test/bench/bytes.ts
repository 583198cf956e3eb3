import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loaded } from '../size/bundle.mjs'
import { bytesOf } from '../size/bytes.mjs'
import type { BenchArguments } from './arguments.js'
import { bundled } from './bundled.js'
import { nameOf, peers } from './peers.js'
import type { Row } from './rows.js'

const size = fileURLToPath(new URL('../size/size.mjs', import.meta.url))

/** The rows of `npm run size`, which says itself what is wrong with them. */
function ours(): Row[] {
  const { stdout, stderr } = spawnSync(process.execPath, [size, '--json'], { encoding: 'utf8' })
  if (!stdout) throw new Error(stderr)
  const { rows }: { rows: (Omit<Row, 'engine'> & { name: string })[] } = JSON.parse(stdout)
  return rows.map(
    ({ name, min, gzip, brotli }) => ({ name: `latchkey ${name}`, engine: 'any', min, gzip, brotli }) as Row,
  )
}

/** What an app loads for each import of the library, and for each peer that stores and attaches. */
export async function bytes({ match }: BenchArguments): Promise<Row[]> {
  const rows = ours().filter(({ name }) => name.includes(match))
  for (const peer of peers.filter((one) => nameOf(one).includes(match))) {
    const chunks = await bundled(peer, `export { open } from '${peer.module}'`, { isOneFile: false })
    rows.push({ name: nameOf(peer), engine: 'any', ...bytesOf(loaded(chunks)) })
  }
  return rows.toSorted((one, other) => Number(one.gzip) - Number(other.gzip))
}
