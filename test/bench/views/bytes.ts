import { overTabs, peersOverTabs } from '../over-tabs.js'
import type { Column } from '../pivot.js'
import type { Row } from '../rows.js'
import { all, barOf, by, figure, type View } from './view.js'

const kilobytes = (head: string, name: string): Column => ({
  head,
  isOf: all,
  cell: (row) => `${(figure(row, name) / 1024).toFixed(1)} KB`,
})

/** Of one whose tabs agree only at times: when. */
const whenOf = ({ name }: Row) =>
  overTabs(name).endsWith('in the background alone') ? ' (in the background alone)' : ''

/** How many times as large those are that do as much over tabs. */
function compared(rows: readonly Row[]): string {
  const ours = rows.find(({ name }) => name === 'latchkey { createLatchkey, jwtStrategy }')
  const others = rows.filter(({ name }) => peersOverTabs.includes(name))
  if (!ours || others.length === 0) return ''
  const factor = (row: Row) =>
    `\`${row.name}\`${whenOf(row)} is ${(figure(row, 'gzip') / figure(ours, 'gzip')).toFixed(1)} times`
  return `Of the peers whose tabs take turns at renewing a token, ${others.map(factor).join(', ')} as large as \`createLatchkey\` with \`jwtStrategy\`.`
}

export const bytes: View = {
  title: 'What an app loads',
  text: (
    rows,
  ) => `Minified by the same bundler and gzipped, without what is loaded only when it is asked for. Of a peer it is what keeps and
attaches a token, without what signs in. ${compared(rows)}`,
  unit: 'bytes, gzip',
  scale: 'linear',
  bars: (rows) => rows.map((row) => barOf(row, 'gzip')),
  lines: (rows) => by(rows, all, 'gzip'),
  columns: () => [
    kilobytes('minified', 'min'),
    kilobytes('gzip', 'gzip'),
    kilobytes('brotli', 'brotli'),
    { head: 'one refresh for all tabs', isOf: all, cell: (row) => String(row.oneRefreshForAllTabs ?? '–') },
    { head: 'version', isOf: all, cell: (row) => String(row.version ?? '–') },
  ],
}
