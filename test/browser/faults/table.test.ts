import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { goThrough, isUsable } from './go-through.js'
import { livingOn } from './outcomes.js'
import { type PlaceName, tidyUp } from './places.js'
import { faults } from './table.js'
import { heard } from './unheard.js'
import { values } from './values.js'

const NAMES: readonly PlaceName[] = ['local', 'session', 'indexedDB', 'cookie']

beforeEach(tidyUp)
afterEach(tidyUp)
afterAll(async () => {
  // What was given up after two seconds may fail later.
  expect(await heard(2500)).toEqual([])
})

const cells = Object.entries({ ...faults, ...values }).flatMap(([fault, row]) =>
  NAMES.flatMap((place) => {
    const cell = row[place]
    return typeof cell === 'string' ? [] : [[`${place}, ${fault}`, place, cell] as const]
  }),
)

describe.for([
  ['a page that is loaded during a fault', false],
  ['a page that was signed in before', true],
] as const)('%s', ([, isLiving]) => {
  // WebKit was seen once, in some ten runs, to go on using the global that a fault has replaced.
  const retry = inject('engine') === 'webkit' ? 1 : 0
  test.for(cells)('%s', { timeout: 60_000, retry }, async ([, place, cell]) => {
    const { outcome, slow, end } = await goThrough(place, cell, isLiving)
    expect(outcome).toEqual(isLiving ? livingOn(cell.outcome) : cell.outcome)
    expect(end).toBe('signed-out')
    expect(slow).toEqual([])
    expect(await isUsable(place)).toEqual(['signed-in', true, undefined])
    expect(await heard()).toEqual([])
  })
})
