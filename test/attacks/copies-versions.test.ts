import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { dropAllCookies, ownName } from '../browser/fixtures.js'
import { lay, lying, tidy } from '../browser/once/places.js'
import type { Recipe } from '../browser/once/stored-recipes.js'
import { grant } from '../browser/tabs-fixtures.js'
import fixtures from '../fixtures/stored-v1.json'
import { codeOf } from '../shared/fixtures/events.js'
import { copies, source } from './fixtures/copies.js'
import { COOKIE, ONE, OTHER, world } from './fixtures/world.js'
import { tally } from './tally.js'

const timeout = 60_000

afterEach(dropAllCookies)

const recipes = (fixtures as unknown as Recipe[]).filter(({ strategy }) =>
  /^(jwt-local|token|cookie)$/.test(strategy),
)

// The one that is another build, if there is one.
describe.for(Object.entries(copies).slice(-1))('what an older version has stored, with %s', ([, load]) => {
  test.for(recipes.map((recipe) => [recipe.title, recipe] as const))(
    '%s: both copies have it, and both lose it',
    { timeout },
    async ([, recipe], context) => {
      const attacked = tally(context, 'copies')
      const origin = 'https://api.example.com'
      await tidy(origin, COOKIE)
      onTestFinished(() => tidy(origin, COOKIE))
      await lay(recipe.stored)
      const { spent, sent, open } = world()
      const [name, more] = [recipe.strategy.replace('-local', ''), { allowedOrigins: [origin] }]
      const [one, other] = [await open(source, name, more), await open(await load(), name, more)]
      expect([one.state.status, other.state.status]).toEqual(['signed-in', 'signed-in'])
      await Promise.all([one, other].map((each) => each.fetch(OTHER)))
      await one.clear()
      await expect.poll(() => other.state.status).toBe('signed-out')
      const left = (await lying(origin, COOKIE)).filter(([place]) => place !== 'ledger')
      const leaked = sent.some((line) => line.includes('Bearer')) || left.length > 0
      attacked({ leaked, nativeWouldLeak: false })
      expect([left, spent, leaked]).toEqual([[], [], false])
    },
  )

  test('what a newer version has stored is left alone by both, and sent by neither', {
    timeout,
  }, async (context) => {
    const attacked = tally(context, 'copies')
    const { sent, open } = world()
    const name = ownName()
    const key = `latchkey.jwt.${name}`
    const newer = JSON.stringify({ v: 2, access_token: grant(0).access_token, receivedAt: 1, generation: 9 })
    localStorage.setItem(key, newer)
    onTestFinished(() => localStorage.removeItem(key))
    const both = [await open(source, 'jwt', { name }), await open(await load(), 'jwt', { name })]
    expect(both.map(({ state }) => state.status)).toEqual(['signed-out', 'signed-out'])
    for (const each of both) expect(await codeOf(each.fetch(`${ONE}/me`))).toBe('fulfilled')
    const leaked = sent.some((line) => line.includes('Bearer'))
    attacked({ leaked, nativeWouldLeak: false })
    expect([leaked, localStorage.getItem(key)]).toEqual([false, newer])
  })
})
