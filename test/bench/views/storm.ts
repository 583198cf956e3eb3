import { stormTabCounts } from '../counts.js'
import type { Column } from '../pivot.js'
import type { Row } from '../rows.js'
import { written } from '../written.js'
import { barOf, by, figure, inChromium, inFirefox, type Test, type View } from './view.js'

const mostTabs = Math.max(...stormTabCounts)

const inTabs =
  (isIn: Test): Test =>
  (row) =>
    isIn(row) && row.tabs === mostTabs

const [chromium, firefox] = [inTabs(inChromium), inTabs(inFirefox)]

const callsOf = (row: Row) => figure(row, 'refreshCalls') / figure(row, 'rounds')

const calls = (head: string, isOf: Test): Column => ({ head, isOf, cell: (row) => written(callsOf(row)) })

const asked = (row: Row) => figure(row, 'rounds') * figure(row, 'tabs') * figure(row, 'requests')

const failed: Column = {
  head: 'requests failed',
  isOf: chromium,
  cell: (row) => `${row.failedRequests} of ${asked(row)}`,
}

/** Who fails is soon done: such a time is none to compare. */
const lastAnswer: Column = {
  head: 'last answer, ms',
  isOf: chromium,
  cell: (row) => (row.failedRequests === 0 ? written(figure(row, 'lastAnswerMs')) : '–'),
}

const lost = (head: string, isOf: Test): Column => ({
  head,
  isOf,
  cell: (row) => `${row.sessionsLost} of ${row.rounds}`,
})

export const storm: View = {
  title: `${mostTabs} tabs that all ask when their token has expired`,
  text: () => `One refresh is enough for all tabs. Refresh tokens rotate: a server that is sent one a second time ends the session, so that
whoever asks too often signs the user out. Refresh calls are those of one expiry, the mean of all rounds; a session is lost if the
server ended it, or if the next request of a tab failed. The last answer is the one in the slowest tab, where no request failed.

With \`ky\`, \`axios\`, \`axios-auth-refresh\` and \`wretch\` the refresh is written by hand, as most apps have it: what fails is not the package,
but that it says nothing of other tabs. To take turns is not enough: \`@axa-fr/oidc-client\`, here without its service worker, and the ky
with Web Locks hold a lock while they refresh, and both have sent a spent token all the same. To \`@supabase/auth-js\` the server here grants what its own does, that a spent token
is good for ten seconds more; \`keycloak-js\` has a session in each tab, so each has to renew its own. No timer
renews ahead in any of them, since what is measured is who comes too late. Left out is who renews at no server that rotates.`,
  unit: 'refresh calls for one expiry, Chromium',
  scale: 'linear',
  bars: (rows) =>
    by(rows.filter(chromium), chromium, 'refreshCalls').map((row) => {
      const value = callsOf(row)
      return barOf(row, 'refreshCalls', { min: value, median: value, max: value })
    }),
  lines: (rows) => by(by(rows, chromium, 'refreshCalls'), chromium, 'sessionsLost'),
  columns: () => [
    calls('refresh calls', chromium),
    failed,
    lost('sessions lost', chromium),
    lastAnswer,
    calls('Firefox: refresh calls', firefox),
    lost('Firefox: sessions lost', firefox),
  ],
}
