import { expect, test } from 'vitest'
import { withBase } from '../browser/fixtures.js'
import { beyond, entries, targets } from './fixtures/entries.js'
import { belongs, isEntry } from './fixtures/judge.js'
import { destination, fooled } from './fixtures/native.js'
import { reached } from './fixtures/reached.js'
import { bases, relatives } from './fixtures/url-lists.js'
import { tally } from './tally.js'

const kind = 'allow-list'
const timeout = 120_000

/** What is wrong with where the credential went with that one entry. */
function wrongWith(entry: string, urls: string[] | undefined): string[] {
  const strays = (urls ?? []).filter((url) => !belongs(url, [entry]))
  const isKnown = (urls !== undefined) === isEntry(entry)
  return [
    ...(isKnown ? [] : [`was ${urls ? 'taken' : 'refused'}`]),
    ...(urls && urls.length < 2 ? ['got nothing'] : []),
    ...strays.map((url) => `LEAKED to ${url}`),
  ]
}

test('what is no origin as the browser writes it is refused, and what is one allows itself alone', {
  timeout,
}, async (context) => {
  const attacked = tally(context, kind)
  const wrong: string[] = []
  let taken = 0
  for (const entry of entries) {
    const hostile = [...targets, ...beyond(entry)]
    const urls = await reached([entry], [entry, `${entry}/x`, ...hostile])
    const found = wrongWith(entry, urls)
    wrong.push(...found.map((what) => `${JSON.stringify(entry)} ${what}`))
    taken += Number(urls !== undefined)
    const leaked = found.some((what) => what.startsWith('LEAKED'))
    const isFooled = (address: string) => fooled(address, destination(address), [entry]).length > 0
    attacked({ leaked, nativeWouldLeak: hostile.some(isFooled) })
  }
  expect(wrong).toEqual([])
  expect(entries.length).toBeGreaterThan(1500)
  expect(taken).toBeGreaterThan(50)
})

test('with self on the list, no base element makes another place the page’s own', {
  timeout,
}, async (context) => {
  const attacked = tally(context, kind)
  const own = [location.origin]
  const wrong: string[] = []
  let given = 0
  for (const base of [...bases, location.origin]) {
    await withBase(base, async () => {
      for (const text of relatives) {
        const urls = (await reached(['self'], [text])) ?? []
        const strays = urls.filter((url) => !belongs(url, own))
        wrong.push(...strays.map((url) => `${JSON.stringify(text)} below ${base} LEAKED to ${url}`))
        given += urls.length
        const isFooled = fooled(text, destination(text), own).length > 0
        attacked({ leaked: strays.length > 0, nativeWouldLeak: isFooled })
      }
    })
  }
  expect(wrong).toEqual([])
  expect(given).toBeGreaterThan(10)
})
