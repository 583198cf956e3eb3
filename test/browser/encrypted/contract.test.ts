import { describe, test } from 'vitest'
import { encrypted, storeChain } from '../../../src/index.js'
import { storeContract, strategyContract } from '../../../src/testing/index.js'
import { fakeStore, sleep } from '../../shared/fixtures/faults.js'
import { kinds, marker } from './fixtures.js'

const stores = {
  localStorage: () => encrypted('local'),
  sessionStorage: () => encrypted('session'),
  IndexedDB: () => encrypted('indexedDB'),
  'slow store of one’s own': () => encrypted(Object.assign(fakeStore(), { before: () => sleep(5) })),
  chain: () => encrypted(storeChain(['indexedDB', 'local', 'memory'])),
}

describe.for(Object.entries(stores))('an encrypted %s', ([, make]) => {
  for (const { name, run } of storeContract(make)) test(name, run)
})

describe('encrypted memory', () => {
  const memory = encrypted('memory')
  for (const { name, run } of storeContract(() => memory)) test(name, run)
})

describe('a chain of encrypted stores', () => {
  const chain = () => storeChain([encrypted('local'), encrypted('indexedDB')])
  for (const { name, run } of storeContract(chain)) test(name, run)
})

describe.for(Object.entries(kinds))('%s, encrypted', ([, { strategy }]) => {
  for (const { name, run } of strategyContract(strategy)) test(name, run)
})

describe('a session’s marker, encrypted', () => {
  for (const { name, run } of strategyContract(marker)) test(name, run)
})
