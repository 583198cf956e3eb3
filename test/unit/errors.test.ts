import { expect, test } from 'vitest'
import { isLatchkeyError, LatchkeyError } from '../../src/index.js'

test('a LatchkeyError is an Error with a name, a code, and what it was told', () => {
  const cause = new Error('why')
  const error = new LatchkeyError('ERR_REFRESH_FAILED', { strategy: 'jwt', retryAt: 5, cause, message: 'hm' })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'LatchkeyError',
    code: 'ERR_REFRESH_FAILED',
    strategy: 'jwt',
    retryAt: 5,
  })
  expect(error.cause).toBe(cause)
  expect(error.message).toContain('hm')
})

test('without details it has no cause, and says its code', () => {
  const error = new LatchkeyError('ERR_DISPOSED')
  expect('cause' in error).toBe(false)
  expect(error.message).not.toBe('')
  expect([error.strategy, error.retryAt]).toEqual([undefined, undefined])
})

test('isLatchkeyError knows its own and those of another copy of the library', () => {
  const others = Object.assign(new Error('x'), { name: 'LatchkeyError', code: 'ERR_DISPOSED' })
  expect([new LatchkeyError('ERR_DISPOSED'), others].every(isLatchkeyError)).toBe(true)
})

test('isLatchkeyError is false for everything else', () => {
  const others = [
    new Error('x'),
    new TypeError('x'),
    { name: 'LatchkeyError' },
    null,
    undefined,
    'LatchkeyError',
  ]
  expect(others.some(isLatchkeyError)).toBe(false)
})
