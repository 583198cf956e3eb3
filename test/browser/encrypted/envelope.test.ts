import { afterEach, describe, expect, test } from 'vitest'
import { encrypted, type Store, storeChain } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { fakeStore } from '../../shared/fixtures/faults.js'
import { failingDatabase } from '../once/store-fixtures.js'
import { grant, loseKey, secretsOf, storedKey } from './fixtures.js'

const at = (key = crypto.randomUUID() as string) => ({ key, signal: AbortSignal.timeout(60_000) })
const VALUE = JSON.stringify({ v: 1, generation: 7, ...grant(1) })

async function sealed(value = VALUE, context = at()) {
  const inner = fakeStore()
  const store = encrypted(inner)
  await store.write(context, value)
  const text = inner.values.get(context.key) ?? ''
  /** What is read where something else is in its place. */
  const readAs = (other: string, read: Store = store) => {
    inner.values.set(context.key, other)
    return read.read(context)
  }
  return { inner, store, context, text, envelope: JSON.parse(text), readAs }
}

describe('what is stored', () => {
  test('is one JSON text: a version, the number a chain goes by, an IV of 96 bits and the ciphertext', async () => {
    const { envelope } = await sealed()
    expect(Object.keys(envelope)).toEqual(['v', 'generation', 'iv', 'data'])
    expect([envelope.v, envelope.generation, atob(envelope.iv).length]).toEqual([1, 7, 12])
    // AES-GCM adds a tag of 128 bits.
    expect(atob(envelope.data)).toHaveLength(new TextEncoder().encode(VALUE).length + 16)
  })

  test('holds nothing of the credential, as it is or decoded', async () => {
    const { text, envelope } = await sealed()
    for (const secret of secretsOf(grant(1))) {
      expect(text).not.toContain(secret)
      expect(atob(envelope.data)).not.toContain(secret)
    }
  })

  test('is another one each time: of 1,000 writes no two have the same IV or ciphertext', async () => {
    const { inner, store, context } = await sealed()
    const [ivs, data] = [new Set<string>(), new Set<string>()]
    for (let n = 0; n < 1000; n += 1) {
      await store.write(context, VALUE)
      const envelope = JSON.parse(inner.values.get(context.key) ?? '')
      ivs.add(envelope.iv)
      data.add(envelope.data)
    }
    expect([ivs.size, data.size]).toEqual([1000, 1000])
  }, 120_000)

  test('was locked with a key that no script can read', async () => {
    await sealed()
    const key = await storedKey()
    if (!key) throw new Error('there is no key')
    expect([key.extractable, key.algorithm, [...key.usages].sort()]).toEqual([
      false,
      { name: 'AES-GCM', length: 256 },
      ['decrypt', 'encrypt'],
    ])
    for (const format of ['raw', 'jwk'] as const)
      await expect(crypto.subtle.exportKey(format, key)).rejects.toMatchObject({ name: 'InvalidAccessError' })
    await expect(crypto.subtle.wrapKey('raw', key, key, 'AES-GCM')).rejects.toThrow()
  })
})

/** What somebody might make of it, by what is told of it. */
const changes: Record<string, (text: string, envelope: Record<string, unknown>) => string> = {
  'of another version': (_, envelope) => JSON.stringify({ ...envelope, v: 2 }),
  'of no version': (_, { v, ...envelope }) => JSON.stringify(envelope),
  'with another number for the chain': (_, envelope) => JSON.stringify({ ...envelope, generation: 8 }),
  'without a number': (_, { generation, ...envelope }) => JSON.stringify(envelope),
  'with another IV': (_, envelope) => JSON.stringify({ ...envelope, iv: btoa('twelve bytes') }),
  'with a short IV': (_, envelope) => JSON.stringify({ ...envelope, iv: btoa('ten bytes.') }),
  'with no IV': (_, envelope) => JSON.stringify({ ...envelope, iv: '' }),
  'with an IV that is no text': (_, envelope) => JSON.stringify({ ...envelope, iv: { length: 12 } }),
  'with an IV that is no Base64': (_, envelope) => JSON.stringify({ ...envelope, iv: 'é' }),
  'without ciphertext': (_, { data, ...envelope }) => JSON.stringify(envelope),
  'with empty ciphertext': (_, envelope) => JSON.stringify({ ...envelope, data: '' }),
  'with ciphertext that is null': (_, envelope) => JSON.stringify({ ...envelope, data: null }),
  'with ciphertext that is no Base64': (_, envelope) => JSON.stringify({ ...envelope, data: '{}' }),
  'with a shorter tag': (_, envelope) =>
    JSON.stringify({ ...envelope, data: btoa(atob(`${envelope.data}`).slice(0, -4)) }),
  'with one byte more': (_, envelope) =>
    JSON.stringify({ ...envelope, data: btoa(`${atob(`${envelope.data}`)}x`) }),
  'cut off': (text) => text.slice(0, -10),
  'cut off to nothing': () => '',
  'in a list': (text) => `[${text}]`,
  'in quotes': (text) => JSON.stringify(text),
  null: () => 'null',
  'a number': () => '5',
  junk: () => 'opaque',
}

/** What an error says anywhere. */
const saidBy = (error: Error) =>
  [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n')

describe('what was changed is refused', () => {
  test.for(Object.entries(changes))('%s', async ([, change]) => {
    const { text, envelope, readAs } = await sealed()
    const error = await readAs(change(text, envelope)).then(() => new Error('read'), Object)
    expect(error).toMatchObject({ name: 'LatchkeyError', code: 'ERR_STORED_MALFORMED' })
    for (const secret of [...secretsOf(grant(1)), envelope.data, envelope.iv])
      expect(saidBy(error)).not.toContain(secret)
  })

  test('with any one bit of IV or ciphertext the other way', async () => {
    const { envelope, readAs } = await sealed('{"v":1}')
    for (const part of ['iv', 'data']) {
      const bytes = Uint8Array.from(atob(envelope[part]), (character) => character.charCodeAt(0))
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
        const changed = JSON.stringify({ ...envelope, [part]: btoa(String.fromCharCode(...flipped)) })
        expect(await codeOf(readAs(changed))).toBe('ERR_STORED_MALFORMED')
      }
    }
  })

  test('with any one character another: it is refused, or means the same', async () => {
    const { text, readAs } = await sealed('{"v":1}')
    let refused = 0
    for (let index = 0; index < text.length; index += 1) {
      const other = text[index] === 'A' ? 'B' : 'A'
      const read = await readAs(text.slice(0, index) + other + text.slice(index + 1)).catch(Object)
      if (read.code === 'ERR_STORED_MALFORMED') refused += 1
      // Base64 may have bits at its end that mean nothing; a name may become one that nobody knows.
      else expect(read).toBe('{"v":1}')
    }
    expect(refused).toBeGreaterThan(text.length - 8)
  })

  test('under another key, where it was copied to, as both are where they were swapped', async () => {
    const store = encrypted('local')
    const [one, other] = [at(), at()]
    await store.write(one, '{"of":"one"}')
    await store.write(other, '{"of":"other"}')
    const [ofOne, ofOther] = [localStorage.getItem(one.key) ?? '', localStorage.getItem(other.key) ?? '']
    localStorage.setItem(one.key, ofOther)
    localStorage.setItem(other.key, ofOne)
    for (const context of [one, other]) expect(await codeOf(store.read(context))).toBe('ERR_STORED_MALFORMED')
    localStorage.setItem(one.key, ofOne)
    expect(await store.read(one)).toBe('{"of":"one"}')
    for (const context of [one, other]) await store.erase(context)
  })
})

describe('whatever is written on Object.prototype', () => {
  const EVIL = {
    tagLength: 32,
    iv: 'AAAA',
    data: 'AAAA',
    v: 1,
    generation: 9,
    additionalData: new Uint8Array(1),
  }

  afterEach(() => {
    for (const name of Object.keys(EVIL)) delete Object(Object.prototype)[name]
  })

  test('the same is stored and read, and what is in clear is no envelope', async () => {
    const before = await sealed()
    const clear = '{"v":1,"access_token":"x"}'
    Object.assign(Object.prototype, EVIL)
    const polluted = await sealed()
    const [read, readOld, readClear] = [
      await polluted.store.read(polluted.context),
      await before.store.read(before.context),
      await before.readAs(clear),
    ]
    for (const name of Object.keys(EVIL)) delete Object(Object.prototype)[name]
    expect([read, readOld, readClear]).toEqual([VALUE, VALUE, clear])
    expect(polluted.text).toHaveLength(before.text.length)
    expect(await polluted.store.read(polluted.context)).toBe(VALUE)
  })
})

async function withDecrypt<R>(decrypt: SubtleCrypto['decrypt'], act: () => Promise<R>): Promise<R> {
  Object.defineProperty(crypto.subtle, 'decrypt', { configurable: true, value: decrypt })
  try {
    return await act()
  } finally {
    Reflect.deleteProperty(crypto.subtle, 'decrypt')
  }
}

describe('the store within', () => {
  test.for([
    ['local', 'localStorage', true, false],
    ['session', 'sessionStorage', false, true],
    ['indexedDB', 'indexedDB', true, false],
    ['memory', 'memory', false, true],
  ] as const)(
    'gives %s its name, and says whether it lasts and is one tab’s',
    ([store, name, persistent, perTab]) => {
      const made = encrypted(store)
      expect([made.name, made.persistent, Boolean(made.perTab)]).toEqual([name, persistent, perTab])
    },
  )

  test('is not written to where the browser does not give back the key it was given', async () => {
    const { inner, store, context, text } = await sealed()
    await loseKey()
    const written = withDecrypt(
      () => Promise.reject(new DOMException('another key', 'OperationError')),
      () => store.write(context, '{"v":1,"new":1}'),
    )
    await expect(written).rejects.toThrow()
    expect(inner.values.get(context.key)).toBe(text)
  })

  test('is not written to after the time was over', async () => {
    const { inner, store, context, text } = await sealed()
    const over = new AbortController()
    const late: SubtleCrypto['decrypt'] = (...given) => {
      over.abort(new DOMException('over', 'TimeoutError'))
      return SubtleCrypto.prototype.decrypt.apply(crypto.subtle, given)
    }
    const at = { ...context, signal: over.signal }
    await loseKey()
    await expect(withDecrypt(late, () => store.write(at, '{}'))).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    expect(inner.values.get(context.key)).toBe(text)
  })

  test('costs one opening of the keys’ database, and one more look at a key that was just made', async () => {
    const { store, context } = await sealed()
    const { fault, indexedDB } = failingDatabase()
    const at = { ...context, indexedDB }
    const openings = async () => {
      fault.opened = 0
      await store.write(at, VALUE)
      return fault.opened
    }
    const before = await openings()
    await loseKey()
    // Looked for, kept, and looked at: making the database anew is one of these.
    expect([before, await openings(), await openings()]).toEqual([1, 3, 1])
  })

  test('says why it refuses', async () => {
    const inner = fakeStore()
    inner.before = (operation) => {
      if (operation === 'write') throw new DOMException('full', 'QuotaExceededError')
    }
    await expect(encrypted(inner).write(at(), '{}')).rejects.toMatchObject({ name: 'QuotaExceededError' })
  })

  test('may be a chain, which finds the newest without opening any', async () => {
    const [one, other] = [fakeStore(), fakeStore()]
    const context = at()
    const store = encrypted(storeChain([one, other]))
    for (const [inner, generation] of [
      [one, 1],
      [other, 2],
    ] as const)
      await encrypted(inner).write(context, JSON.stringify({ generation }))
    expect(await store.read(context)).toBe('{"generation":2}')
  })
})
