import { describe, expect, inject, test } from 'vitest'
import type {} from '../harness/global-setup.js'
import { noting, withBase } from './fixtures.js'

const vectors = inject('vectors')
const isJudge = inject('engine') === 'chromium'

/** What the engine's own parser makes of an address; undefined if it is none. */
function engineAttaches(input: string, base: string, allowed: string[]): boolean {
  if (!URL.canParse(input, base)) return false
  const { protocol, origin, username, password } = new URL(input, base)
  return /^https?:$/.test(protocol) && allowed.includes(origin) && username + password === ''
}

/** Fetches an address from a page whose base is `base`, and tells whether the credential was on it. */
async function attaches(input: string, base: string, allowed: string[], more = {}): Promise<boolean> {
  const { latchkey, sent } = await noting(allowed, more)
  const fetched = (address: string | URL) =>
    latchkey.fetch(address).then(
      () => {},
      () => {},
    )
  await withBase(base, async () => {
    // A base that the element does not take, such as data:, is applied before.
    if (document.baseURI === new URL(base).href) await fetched(input)
    else if (URL.canParse(input, base)) await fetched(new URL(input, base))
  })
  return sent.some(({ authorization }) => authorization === 'Bearer token')
}

describe.skipIf(!vectors)('the public URL tables (left out without LATCHKEY_VECTORS)', () => {
  test('every one of the URLs of attackers and of the URL standard is decided right', async () => {
    const { allowed = [], rows = [] } = vectors?.urls ?? {}
    const wrong: unknown[] = []
    for (const { input, base, attach } of rows) {
      const expected = isJudge ? attach : engineAttaches(input, base, allowed)
      if ((await attaches(input, base, allowed)) !== expected) wrong.push({ input, base, expected })
    }
    expect(wrong).toEqual([])
    expect(rows.length).toBeGreaterThan(1200)
    expect(rows.some(({ attach }) => attach)).toBe(true)
  })

  test('what Angular’s allow-list decides is decided the same, but for plain http', async () => {
    const { attach = [], refuse = [], ourExpectationDiffers = {} } = vectors?.peers ?? {}
    const page = 'http://localhost:9876/'
    const allowed = ['http://localhost:9876', 'http://localhost:3000', 'https://allowed.com']
    const decided = async (urls: string[]) =>
      Promise.all(urls.map(async (url) => [url, await attaches(url, page, allowed)] as const))
    const isPlain = (url: string) => !/localhost|^\/|^https:\/\/allowed\.com/.test(url)
    for (const [url, attached] of await decided(attach)) {
      const ours = !(url in ourExpectationDiffers) && !isPlain(url) && !url.includes('allowed-regex')
      expect([url, attached]).toEqual([url, ours])
    }
    for (const [url, attached] of await decided(refuse)) expect([url, attached]).toEqual([url, false])
  })

  test('with the http origin listed by name, its path prefix decides and another port does not count', async () => {
    const { attach = [], refuse = [] } = vectors?.peers ?? {}
    const page = 'http://localhost:9876/'
    const allowed = ['http://allowed.com/api/test', 'http://localhost:3000']
    const more = { allowInsecureOrigins: true }
    const judged: Record<string, boolean> = {}
    for (const url of [...attach, ...refuse]) judged[url] = await attaches(url, page, allowed, more)
    expect(Object.keys(judged).filter((url) => judged[url])).toEqual([
      'http://allowed.com/api/test',
      'http://localhost:3000',
      'http://localhost:3000/api',
    ])
  })
})
