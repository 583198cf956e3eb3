import { afterEach, describe, expect, test } from 'vitest'
import { memoryStrategy } from '../../src/index.js'
import { dropAllCookies } from '../browser/fixtures.js'
import { sharedOut } from '../harness/shared-out.js'
import { naiveClientLeaks } from './fixtures/naive-client.js'
import { optionNames } from './fixtures/polluting.js'
import { createAttack, values } from './fixtures/pollution-attack.js'
import { type Given, STRATEGIES, story } from './fixtures/story.js'
import { tally } from './tally.js'

afterEach(() => {
  localStorage.clear()
  dropAllCookies()
})

const NAMES = optionNames()

const isAnAttackers = ([what]: (typeof values)[number]) => what.includes('attacker')
const attackers = values.filter(isAnAttackers)
/** Which names it reads from a prototype an engine decides; what the library does with a number or a list it does not. */
const tried = [...attackers, ...sharedOut(values.filter((one) => !isAnAttackers(one)))]

test('the names are those of the sources', () => {
  const some = [
    'allowedOrigins',
    'isAuthFailure',
    'storage',
    'sameSite',
    'csrf',
    'tokenEndpoint',
    'isRefusal',
  ]
  const nested = [
    'access_token',
    'generation',
    'expires_in',
    'code',
    'message',
    'cause',
    'secondsLeft',
    'why',
  ]
  expect(NAMES).toEqual(expect.arrayContaining([...some, ...nested, 'redirect', 'headers', 'perTab']))
  expect(NAMES.length).toBeGreaterThan(250)
})

test('an instance is the same when Object.prototype has one name, whichever it is', {
  timeout: 180_000,
}, async (context) => {
  const tell = () => story(() => memoryStrategy())
  const attack = createAttack(Object.prototype, tally(context, 'pollution'), tell)
  const wrong: string[] = []
  // All together every engine is given below: what is looked for here is a name that another one hides.
  for (const name of sharedOut(NAMES)) if (wrong.length < 5) wrong.push(...(await attack([name], attackers)))
  expect(wrong).toEqual([])
})

describe.for(Object.entries(STRATEGIES))('%s', ([, make]) => {
  const tell = () => story(make)

  test('is the same when Object.prototype has all names', { timeout: 180_000 }, async (context) => {
    const attack = createAttack(Object.prototype, tally(context, 'pollution'), tell)
    expect(await attack(NAMES, tried)).toEqual([])
  })

  test('is the same when lists have members that nobody put there', { timeout: 180_000 }, async (context) => {
    const attack = createAttack(Array.prototype, tally(context, 'pollution'), tell)
    expect(await attack(['0', '1', '2'], tried)).toEqual([])
  })

  test('is the same when functions have all names', { timeout: 180_000 }, async (context) => {
    const attack = createAttack(Function.prototype, tally(context, 'pollution'), tell)
    expect(
      await attack(
        NAMES.filter((name) => !(name in Function.prototype)),
        tried,
      ),
    ).toEqual([])
  })

  test('takes no option from the prototype of the caller’s object', { timeout: 180_000 }, async (context) => {
    const count = tally(context, 'pollution')
    const expected = await tell()
    for (const [what, value] of tried) {
      const inherited = Object.fromEntries(NAMES.map((name) => [name, value]))
      // What `fetch` is given may be of a class, as with fetch itself: its prototype is asked on purpose.
      const given: Given = (options) =>
        'method' in options ? options : Object.assign(Object.create(inherited), options)
      const told = await story(make, given).catch(String)
      count({ leaked: told !== expected, nativeWouldLeak: naiveClientLeaks(Object.create(inherited)) })
      expect(told, what).toBe(expected)
    }
  })
})
