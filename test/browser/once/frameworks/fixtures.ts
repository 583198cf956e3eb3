import { afterEach, beforeEach, expect, vi } from 'vitest'
import { createLatchkey, jwtStrategy } from '../../../../src/index.js'
import { jwtOf } from '../../../shared/fixtures/jwt.js'
import { listening } from '../../../shared/fixtures/listening.js'
import { ownName } from '../../fixtures.js'

export const ANN = { access_token: jwtOf({ sub: 'ann' }), expires_in: 3600 }
export const RENEWED = { access_token: jwtOf({ sub: 'ann', role: 'admin' }), expires_in: 3600 }

/** An app's one instance, and how many listen to it. */
export const make = () =>
  listening(
    createLatchkey({
      strategy: jwtStrategy({ storage: 'local' }),
      allowedOrigins: ['self'],
      name: ownName(),
      refresh: async () => RENEWED,
    }),
  )

/** No framework warns of anything in any test of the file. */
export function expectSilence(): void {
  beforeEach(() => {
    vi.spyOn(console, 'error')
    vi.spyOn(console, 'warn')
  })
  afterEach(() => {
    expect([vi.mocked(console.error).mock.calls, vi.mocked(console.warn).mock.calls]).toEqual([[], []])
    vi.restoreAllMocks()
    localStorage.clear()
  })
}
