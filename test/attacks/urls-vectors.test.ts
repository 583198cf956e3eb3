import { describe, expect, inject, test } from 'vitest'
import { noting, withBase } from '../browser/fixtures.js'
import type {} from '../harness/global-setup.js'
import { destination, fooled } from './fixtures/native.js'
import { tally } from './tally.js'

const vectors = inject('vectors')
const isJudge = inject('engine') === 'chromium'
/** Where the page of the second table is. */
const page = 'http://localhost:9876/'

type Attacked = ReturnType<typeof tally>

/** Counts an address that was decided, and gives back the decision. */
function counted(attacked: Attacked, attached: boolean, expected: boolean, address: Address): boolean {
  const { input, base, allowed } = address
  const goes = URL.canParse(input, base) ? destination(new URL(input, base)) : undefined
  attacked({ leaked: attached && !expected, nativeWouldLeak: fooled(input, goes, allowed).length > 0 })
  return attached
}

interface Address {
  readonly input: string
  readonly base: string
  readonly allowed: string[]
}

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
  test('every one of the URLs of attackers and of the URL standard is decided right', {
    timeout: 60_000,
  }, async (context) => {
    const attacked = tally(context, 'urls')
    const { allowed = [], rows = [] } = vectors?.urls ?? {}
    const wrong: unknown[] = []
    for (const { input, base, attach } of rows) {
      const expected = isJudge ? attach : engineAttaches(input, base, allowed)
      const attached = await attaches(input, base, allowed)
      if (counted(attacked, attached, expected, { input, base, allowed }) !== expected) {
        wrong.push({ input, base, expected })
      }
    }
    expect(wrong).toEqual([])
    expect(rows.length).toBeGreaterThan(1200)
    expect(rows.some(({ attach }) => attach)).toBe(true)
  })

  test('what Angular’s allow-list decides is decided the same, but for plain http', async (context) => {
    const attacked = tally(context, 'urls')
    const { attach = [], refuse = [], ourExpectationDiffers = {} } = vectors?.peers ?? {}
    const allowed = ['http://localhost:9876', 'http://localhost:3000', 'https://allowed.com']
    const isPlain = (url: string) => !/localhost|^\/|^https:\/\/allowed\.com/.test(url)
    const isOurs = (url: string) =>
      attach.includes(url) &&
      !(url in ourExpectationDiffers) &&
      !isPlain(url) &&
      !url.includes('allowed-regex')
    for (const input of [...attach, ...refuse]) {
      const attached = await attaches(input, page, allowed)
      counted(attacked, attached, isOurs(input), { input, base: page, allowed })
      expect([input, attached]).toEqual([input, isOurs(input)])
    }
  })

  test('with the http origin listed by name, its path prefix decides and another port does not count', async (context) => {
    const attacked = tally(context, 'urls')
    const { attach = [], refuse = [] } = vectors?.peers ?? {}
    const allowed = ['http://allowed.com/api/test', 'http://localhost:3000']
    const ours = ['http://allowed.com/api/test', 'http://localhost:3000', 'http://localhost:3000/api']
    const judged: Record<string, boolean> = {}
    for (const input of [...attach, ...refuse]) {
      const attached = await attaches(input, page, allowed, { allowInsecureOrigins: true })
      judged[input] = counted(attacked, attached, ours.includes(input), { input, base: page, allowed })
    }
    expect(Object.keys(judged).filter((url) => judged[url])).toEqual(ours)
  })
})
