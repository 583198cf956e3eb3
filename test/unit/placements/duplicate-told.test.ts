import { afterEach, expect, test, vi } from 'vitest'
import { csrfCookie } from '../../../src/index.js'
import { nowhere } from '../../shared/fixtures/csrf-server.js'

afterEach(() => vi.restoreAllMocks())

test('two CSRF cookies are told of once, and once more when there are two again', () => {
  const tell = vi.fn()
  const { read } = csrfCookie({ cookie: 'csrf', header: 'X-CSRF' })
  for (const shown of ['csrf=one; csrf=two', 'csrf=one; csrf=two', 'csrf=one', 'csrf=one; __Host-csrf=two']) {
    vi.spyOn(document, 'cookie', 'get').mockReturnValue(shown)
    read({ ...nowhere, tell })
  }
  expect(tell.mock.calls).toEqual(Array(2).fill([{ type: 'duplicate-cookie', cookie: 'csrf' }]))
})
