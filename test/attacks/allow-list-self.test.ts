import { describe, expect, test } from 'vitest'
import { newBench } from '../harness/bench.js'
import { pages, seenIn } from './fixtures/frames.js'
import { belongs } from './fixtures/judge.js'
import { destination } from './fixtures/native.js'
import { tally } from './tally.js'

const kind = 'allow-list'

const addresses = () => {
  const { api, foreign } = newBench()
  return [
    ...[
      '/me',
      'me',
      '//null',
      'https://null/',
      'http://null/',
      'http://undefined/',
      'null',
      'data:,null',
      'file:///null',
    ],
    ...[
      'about:blank',
      'about:srcdoc',
      `blob:${location.origin}/x`,
      'https://evil.test/null',
      'http://localhost/',
    ],
    ...[
      `${location.origin}/me`,
      `${api.origin}/me`,
      `${foreign.origin}/me`,
      api.origin.replace('localhost', '127.0.0.1'),
    ],
  ]
}

/** Whether a check against the page's location would have let an address be somebody else's. */
const isLax = (address: string, location: string, own: string[]) =>
  address.startsWith(location) && !belongs(destination(address) ?? '', own)

describe.for(Object.entries(pages))('in a page from %s', ([name, fill]) => {
  test.for([false, true])(
    'self is its document’s own origin or none (sandboxed: %s)',
    { timeout: 60_000 },
    async (isSandboxed, context) => {
      const attacked = tally(context, kind)
      const asked = addresses()
      const { origin, location, urls } = await seenIn(fill, isSandboxed, asked)
      const own = origin === 'null' ? [] : [origin]
      const strays = urls.filter((url) => !belongs(url, own))
      for (const address of [...asked, `${location}/me`]) {
        attacked({
          leaked: strays.includes(destination(address) ?? ''),
          nativeWouldLeak: isLax(address, location, own),
        })
      }
      expect(strays).toEqual([])
      expect(origin === 'null').toBe(isSandboxed || name === 'data')
      // Where a page has an origin of its own and shows it in its location, it is allowed.
      expect(urls.length > 0).toBe(origin !== 'null' && location === origin)
    },
  )
})
