import { expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import type { Oidc } from '../servers/oidc/oidc.js'
import { cycling, firstLifeSeconds, litter, moreSeconds, type Read, reading } from './cycling.js'
import { scenesIn } from './scene.js'

const users = 250
const scenes = {
  chromium: scenesIn('chromium'),
  firefox: scenesIn('firefox'),
  webkit: scenesIn('webkit'),
}

/** A token for each of so many users, who can be told by its life as well. */
async function tokensOf({ signIn }: Oidc) {
  const tokens = []
  for (let n = 1; n <= users; n++) {
    const { access_token } = await signIn({ sub: `user-${n}` })
    tokens.push({ access_token, expires_in: firstLifeSeconds + n * moreSeconds })
  }
  return tokens
}

const inChromium = ['jwt-local', 'token', 'cookie'] as const
const table = usableEngines().flatMap((engine) =>
  (engine === 'chromium' ? inChromium : (['jwt-local'] as const)).map((strategy) => ({ engine, strategy })),
)

test.each(table)(
  `while ${users} users sign in and out, no reader sees a mix of two, and no litter is left: $strategy in $engine`,
  async ({ engine, strategy }) => {
    const at = await scenes[engine]({ strategy, accessTokenSeconds: 86_400 })
    const tokens = await tokensOf(at.oidc)
    const [writer, reader] = [await at.open(), await at.open()]
    await writer.evaluate(cycling(tokens.slice(0, 1)))
    const before = await writer.evaluate(litter)
    await reader.begin(reading)
    await writer.evaluate(cycling(tokens.slice(1)))
    await reader.evaluate('void (globalThis.isOver = true)')
    const { mixes, seen, answers } = await reader.outcome<Read>()
    expect(mixes).toEqual([])
    expect(seen).toBeGreaterThan(users / 50)
    expect(answers).toBeGreaterThan(users / 50)
    expect(await writer.evaluate(litter)).toEqual(before)
  },
)
