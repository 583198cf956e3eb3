import { expect, test } from 'vitest'
import { configure } from '../../../src/index.js'

const faultsIn = (config: unknown, environment = 'a'): unknown => {
  try {
    configure(config as never, { environment }).dispose()
  } catch (error) {
    return Object(error).cause
  }
  return []
}

const strategy = { type: 'memory' }
const allowedOrigins = ['https://api.example.com']

test('two environments with one host are a fault, whichever is used: nobody could say which is meant', () => {
  const environments = { a: { hosts: ['x.example', 'y.example', 'x.example'] }, b: { hosts: ['y.example'] } }
  expect(faultsIn({ strategy, allowedOrigins, environments })).toEqual([
    { path: 'environments.b.hosts.0', must: 'be of one environment: "a" has it' },
  ])
})

test('what an environment lacks is said of each, and not where all have it', () => {
  const environments = { a: { strategy }, b: { allowedOrigins }, 'c.d': {} }
  const must = 'be given, here or for all'
  expect(faultsIn({ environments })).toEqual([
    { path: 'environments.a.allowedOrigins', must },
    { path: 'environments.b.strategy', must },
    { path: 'environments."c.d".strategy', must },
    { path: 'environments."c.d".allowedOrigins', must },
  ])
})

test('an environment that is no object is that fault alone', () => {
  const must = 'be an object'
  expect(faultsIn({ environments: { a: { strategy, allowedOrigins }, b: [], c: 5, d: null } })).toEqual([
    { path: 'environments.b', must },
    { path: 'environments.c', must },
    { path: 'environments.d', must },
  ])
})

test('plain http is a fault where an environment does not allow it, in the place where it is written', () => {
  const http = ['http://10.0.0.1', 'http://localhost']
  const must = 'be https, unless "allowInsecureOrigins" is true'
  const shared = {
    strategy,
    allowedOrigins: http,
    environments: { a: {}, b: { allowInsecureOrigins: true } },
  }
  expect(faultsIn(shared)).toEqual([{ path: 'allowedOrigins.0', must }])
  const own = { strategy, allowInsecureOrigins: true, environments: { a: { allowedOrigins: http } } }
  expect(faultsIn(own)).toEqual([])
  const undone = { ...own, environments: { a: { allowedOrigins: http, allowInsecureOrigins: false } } }
  expect(faultsIn(undone)).toEqual([{ path: 'environments.a.allowedOrigins.0', must }])
})

test('what only the factory sees, of several options at once, has its path', () => {
  const cookie = { type: 'cookie', name: '__Host-a', path: '/app' }
  const chain = { type: 'jwt', storage: { type: 'chain', stores: ['memory', 'local'] } }
  expect(faultsIn({ allowedOrigins, strategy: cookie, migrateFrom: [strategy, chain] }, '')).toEqual([
    { path: 'strategy.path', must: 'begin with "/", and be it for __Host-' },
    { path: 'migrateFrom.1.storage.stores', must: 'have those of one tab last' },
  ])
})

test('names that mean something to an object are faults wherever they are no environment’s', () => {
  const config = JSON.parse(`{ "strategy": { "type": "memory", "__proto__": { "placement": {} } },
    "allowedOrigins": ["self"], "constructor": {}, "environments": { "a": { "prototype": 1 } } }`)
  const must = 'not be there'
  expect(faultsIn(config)).toEqual(
    expect.arrayContaining([
      { path: 'strategy.__proto__', must },
      { path: 'constructor', must },
      { path: 'environments.a.prototype', must },
    ]),
  )
})
