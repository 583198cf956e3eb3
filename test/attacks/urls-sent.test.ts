import { afterEach, expect, test } from 'vitest'
import type { Entry } from '../bench-server/record.js'
import { dropAllCookies, withBase, writeCookie } from '../browser/fixtures.js'
import { newBench } from '../harness/bench.js'
import { sharedOut } from '../harness/shared-out.js'
import { addressAt, addressCount, type Bench } from './fixtures/bench-addresses.js'
import { carriers } from './fixtures/carriers.js'
import { forms } from './fixtures/forms.js'
import { SECRET } from './fixtures/judge.js'
import { fooled } from './fixtures/native.js'
import { tally } from './tally.js'

afterEach(dropAllCookies)

const attempts = Array.from({ length: addressCount }).flatMap((_, index) =>
  Object.entries(forms).map(([form, attemptOf]) => ({ index, form, attemptOf })),
)

/** What script writes on a request no engine decides; with which cookies it goes, each does. */
const byScript: readonly string[] = [
  'a header',
  'the Authorization header and a proof',
  'a query parameter',
] satisfies (keyof typeof carriers)[]

const isSecret = ({ url, headers }: Entry) => `${url} ${JSON.stringify(headers)}`.includes(SECRET)

/** What arrived, by whether it is where the credential belongs: other ports, and other names of the API's own, are not. */
async function arrived({ api, foreign }: Bench) {
  const { host } = new URL(api.origin)
  const [ours, theirs] = [await api.log(), await foreign.log()]
  const isOurs = ({ headers }: Entry) => headers.host === host
  return { right: ours.filter(isOurs), wrong: [...ours.filter((entry) => !isOurs(entry)), ...theirs] }
}

test.for(Object.entries(carriers))(
  'really sent, %s arrives at the API alone',
  { timeout: 120_000 },
  async ([name, { make, init }], context) => {
    writeCookie(`attacks=${SECRET}; path=/`)
    const attacked = tally(context, 'urls')
    const allowed = [newBench().api.origin]
    const latchkey = await make(allowed)
    const leaks: string[] = []
    const count = { given: 0, bare: 0 }
    const tried = byScript.includes(name) ? sharedOut(attempts) : attempts
    for (const { index, form, attemptOf } of tried) {
      const bench = newBench()
      const { text, base = document.baseURI } = addressAt(index, bench)
      const attempt = await withBase(base, async () => attemptOf(text, bench.api.at('echo')))
      if (!attempt) continue
      // No server may be there, and fetch may refuse the address.
      await withBase(base, () => attempt.send(latchkey.fetch, init)).catch(() => {})
      const { right, wrong } = await arrived(bench)
      const leaked = wrong.some(isSecret)
      if (leaked) leaks.push(`${form} ${JSON.stringify(text)} below ${base}`)
      count.given += right.filter(isSecret).length
      count.bare += wrong.length
      attacked({ leaked, nativeWouldLeak: fooled(attempt.looked, attempt.goes, allowed).length > 0 })
    }
    expect(leaks).toEqual([])
    const part = tried.length / attempts.length
    expect(count.given).toBeGreaterThan(50 * part)
    expect(count.bare).toBeGreaterThan(80 * part)
  },
)
