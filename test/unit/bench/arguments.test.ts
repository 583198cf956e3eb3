import { describe, expect, it } from 'vitest'
import { parse } from '../../bench/arguments.js'

describe('the command line of the bench', () => {
  it('measures everything if nothing is said', () => {
    const { only, engines, rounds, json } = parse([])
    expect(only).toEqual(['bytes', 'perRequest', 'startUp', 'storm', 'growth', 'memory'])
    expect(engines).toEqual(['chromium', 'firefox'])
    expect([rounds, json]).toEqual([9, false])
  })

  it('measures one table alone', () => {
    expect(parse(['--only', 'bytes', '--json'])).toMatchObject({ only: ['bytes'], json: true })
  })

  it.each([
    [['--only', 'speed'], '--only must be one of bytes, perRequest'],
    [['--engine', 'webkit'], '--engine must be one of chromium, firefox'],
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 999, not "0"'],
    [['--docs', '--only', 'bytes'], '--docs goes with all that is measured'],
  ])('says what is wrong with %s', (args, message) => {
    expect(() => parse(args)).toThrow(message)
  })
})
