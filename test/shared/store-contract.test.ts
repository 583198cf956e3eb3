import { describe, test } from 'vitest'
import { cookie } from '../../src/stores/cookie.js'
import { memory } from '../../src/stores/memory.js'
import { webStorage } from '../../src/stores/web-storage.js'
import { storeContract } from '../../src/testing/index.js'
import { fakeStore, sleep } from './fixtures/faults.js'

describe('the memory store', () => {
  for (const { name, run } of storeContract(memory)) test(name, run)
})

describe('localStorage', () => {
  for (const { name, run } of storeContract(() => webStorage('local'))) test(name, run)
})

describe('sessionStorage', () => {
  for (const { name, run } of storeContract(() => webStorage('session'))) test(name, run)
})

describe('a script-written cookie', () => {
  const store = () => cookie({ name: 'store-contract', path: '/', sameSite: 'Strict' })
  for (const { name, run } of storeContract(store, { keyed: false })) test(name, run)
})

describe('a persistent cookie', () => {
  const store = () => cookie({ name: 'store-contract-days', path: '/', sameSite: 'Lax', expires: 1 })
  for (const { name, run } of storeContract(store, { keyed: false })) test(name, run)
})

describe('a slow store of one’s own', () => {
  const slow = () => Object.assign(fakeStore(), { before: () => sleep(5) })
  for (const { name, run } of storeContract(slow)) test(name, run)
})
