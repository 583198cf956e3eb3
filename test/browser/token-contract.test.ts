import { describe, test } from 'vitest'
import { dpop, header, query, tokenStrategy } from '../../src/index.js'
import { indexedDb } from '../../src/stores/indexed-db.js'
import { storeContract, strategyContract } from '../../src/testing/index.js'

describe('IndexedDB', () => {
  for (const { name, run } of storeContract(indexedDb)) test(name, run)
})

describe('tokenStrategy', () => {
  for (const { name, run } of strategyContract(() => tokenStrategy())) test(name, run)
})

describe('tokenStrategy in a header', () => {
  const strategy = () => tokenStrategy({ placement: header('X-Api-Key') })
  for (const { name, run } of strategyContract(strategy)) test(name, run)
})

describe('tokenStrategy in the query', () => {
  const strategy = () => tokenStrategy({ placement: query('api_key') })
  for (const { name, run } of strategyContract(strategy)) test(name, run)
})

describe('tokenStrategy with proofs', () => {
  const strategy = () => tokenStrategy({ placement: dpop() })
  for (const { name, run } of strategyContract(strategy)) test(name, run)
})
