import type { Store } from '../types.js'
import { type Body, type ContractCase, casesOf, expected, freshContext } from './contract.js'

/** What a store may not reinterpret on the way back. */
const ODD_VALUES = ['0000', '1e5', 'true', 'null', '"x"', 'a%20b', 'a+b/c==', '%zz', '73308954234454016']

const JSON_TEXT = JSON.stringify({ v: 1, list: ['a "quoted" one', null], text: 'x'.repeat(2000) })

const comesBack = (value: string): Body<Store> =>
  async function check(store, context) {
    await store.write(context, value)
    expected((await store.read(context)) === value, 'what was written to be read back, byte for byte')
  }

const any: Readonly<Record<string, Body<Store>>> = {
  async 'nothing stored reads as undefined'(store, context) {
    expected((await store.read(context)) === undefined, 'undefined from an empty store')
  },
  async 'a second write replaces the first'(store, context) {
    await store.write(context, 'first')
    await comesBack('second')(store, context)
  },
  async 'what is erased is gone'(store, context) {
    await store.write(context, 'value')
    await store.erase(context)
    expected((await store.read(context)) === undefined, 'undefined after an erase')
  },
  async 'erasing twice is fine'(store, context) {
    await store.erase(context)
    await store.erase(context)
  },
  async 'it can be written after an erase'(store, context) {
    await store.write(context, 'before')
    await store.erase(context)
    await comesBack('after')(store, context)
  },
  async 'it says what it is called and whether it persists'({ name, persistent }) {
    expected(typeof name === 'string' && name !== '', 'a name')
    expected(typeof persistent === 'boolean', '"persistent" to be true or false')
  },
}

const keyed: Readonly<Record<string, Body<Store>>> = {
  async 'two keys never meet'(store, context) {
    const other = freshContext()
    await store.write(context, 'mine')
    expected((await store.read(other)) === undefined, 'nothing under a key that was not written')
    await store.write(other, 'yours')
    await store.erase(other)
    expected((await store.read(context)) === 'mine', 'one key to be left alone by what happens to another')
  },
}

function values(): Record<string, Body<Store>> {
  const odd = ODD_VALUES.map((value) => [`${value} is read back byte for byte`, comesBack(value)])
  return Object.fromEntries([...odd, ['JSON text of 2 KB is read back byte for byte', comesBack(JSON_TEXT)]])
}

/** What {@link storeContract} may be told. */
export interface StoreContractOptions {
  /** Whether it keeps a value for each key: `false` for one with a place of its own, such as a named cookie. @default true */
  keyed?: boolean | undefined
}

/**
 * The tests every {@link Store} has to pass, for the test runner of your choice. It does not prove that the
 * value is gone after the browser was closed, nor what happens in other tabs.
 *
 * @param makeStore called once for each test; all that is stored is erased again
 * @example
 * for (const { name, run } of storeContract(() => myStore())) test(name, run)
 */
export function storeContract(
  makeStore: () => Store,
  options: StoreContractOptions = {},
): readonly ContractCase[] {
  const bodies = { ...any, ...values(), ...(options.keyed === false ? {} : keyed) }
  return casesOf(makeStore, (store, context) => store.erase(context), bodies)
}
