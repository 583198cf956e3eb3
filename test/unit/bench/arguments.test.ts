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

  it('draws a part of the documents, or what a file has', () => {
    expect(parse(['--docs', '--only', 'bytes'])).toMatchObject({ docs: true, only: ['bytes'] })
    expect(parse(['--docs', '--from', 'a.json'])).toMatchObject({ docs: true, from: 'a.json' })
  })

  it.each([
    [['--only', 'speed'], '--only must be one of bytes, perRequest'],
    [['--engine', 'webkit'], '--engine must be one of chromium, firefox'],
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 999, not "0"'],
    [['--docs', '--engine', 'firefox'], '--docs shows all engines and all names'],
    [['--docs', '--match', 'ky'], '--docs shows all engines and all names'],
    [['--from', 'a.json', '--rounds', '5'], '--from measures nothing'],
  ])('says what is wrong with %s', (args, message) => {
    expect(() => parse(args)).toThrow(message)
  })
})
