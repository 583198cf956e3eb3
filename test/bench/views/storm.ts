import type { Column } from '../pivot.js'
import type { Row } from '../rows.js'
import { barOf, by, column, figure, inChromium, inFirefox, type Test, type View, written } from './view.js'

const mostTabs = 20

const inTabs =
  (isIn: Test): Test =>
  (row) =>
    isIn(row) && row.tabs === mostTabs

const [chromium, firefox] = [inTabs(inChromium), inTabs(inFirefox)]

const callsOf = (row: Row) => figure(row, 'refreshCalls') / figure(row, 'rounds')

const calls = (head: string, isOf: Test): Column => ({ head, isOf, cell: (row) => written(callsOf(row)) })
const lost = (head: string, isOf: Test): Column => ({
  head,
  isOf,
  cell: (row) => `${row.sessionsLost} of ${row.rounds}`,
})

export const storm: View = {
  title: `${mostTabs} tabs that all ask when their token has expired`,
  text: () => `One refresh is enough for all tabs. Refresh tokens rotate: a server that is sent one a second time ends the session, so that
whoever asks too often signs the user out. Refresh calls are those of one expiry; the last answer is the one in the slowest tab.`,
  unit: 'refresh calls for one expiry, Chromium',
  scale: 'linear',
  bars: (rows) =>
    by(rows.filter(chromium), chromium, 'refreshCalls').map((row) => {
      const value = callsOf(row)
      return barOf(row, 'refreshCalls', { min: value, median: value, max: value })
    }),
  lines: (rows) => by(rows, chromium, 'sessionsLost'),
  columns: () => [
    calls('refresh calls', chromium),
    column('requests failed', chromium, 'failedRequests'),
    lost('sessions lost', chromium),
    column('last answer, ms', chromium, 'lastAnswerMs'),
    calls('Firefox: refresh calls', firefox),
    lost('Firefox: sessions lost', firefox),
  ],
}
