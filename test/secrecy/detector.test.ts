import { describe, expect, it } from 'vitest'
import { canary } from './canary.js'
import { leaksIn } from './detector.js'
import { witness } from './witness.js'

const hidden = (key: PropertyKey) => Object.defineProperty(new Error(), key, { value: canary })
const withStack = Object.assign(new Error(), { stack: `Error\n    at ${canary}` })
const inPrototype = Object.create({ token: canary })
const inFunction = { call: Object.assign(() => {}, { token: canary }) }

class Hiding {
  get token() {
    return canary
  }
}

describe('the detector', () => {
  it.each([
    ['a message', new Error(`bad token ${canary}`)],
    ['seven characters of it', new Error(`bad token ${canary.slice(5, 12)}…`)],
    ['a stack', withStack],
    ['a cause', new Error('a', { cause: new Error('b', { cause: { body: canary } }) })],
    ['an AggregateError', new AggregateError([new Error(canary)])],
    ['a property that is not enumerable', hidden('token')],
    ['a property named by a symbol', hidden(Symbol('token'))],
    ['a name', { [canary]: 1 }],
    ['a prototype', inPrototype],
    ['a getter', new Hiding()],
    ['a function', inFunction],
    ["a function's source", new Function(`return '${canary}'`)],
    ['a Map', { map: new Map([['a', new Set([canary])]]) }],
    ['an array', [[[canary]]]],
    ['a URL', new URL(`https://api.example.com/?token=${canary}`)],
    ['a request', new Request('https://api.example.com', { headers: { authorization: canary } })],
    ['toJSON', { toJSON: () => canary }],
  ])('finds the canary in %s', (_, value) => {
    expect(leaksIn(value)).not.toEqual([])
    expect(leaksIn({ deep: [{ value }] })).not.toEqual([])
  })

  it('allows six characters', () => {
    expect(leaksIn(new Error(canary.slice(5, 11)))).toEqual([])
  })

  it('finds nothing where nothing is', () => {
    expect(leaksIn({ error: new TypeError('Failed to fetch'), response: new Response('ok') })).toEqual([])
  })
})

describe('the witness', () => {
  it('sees what is thrown, what is told and what is written to the console', async () => {
    const tell = async () => console.warn(canary)
    const fail = async () => Promise.reject(new Error(canary))
    expect(leaksIn(await witness(undefined, tell))).not.toEqual([])
    expect(leaksIn(await witness(undefined, fail))).not.toEqual([])
    expect(leaksIn(await witness(undefined, async () => 'ok'))).toEqual([])
  })
})
