import { expect } from 'vitest'
import type { Oidc } from '../servers/oidc/oidc.js'
import type { RefreshCall } from '../servers/oidc/records.js'

/** Resolves when so many refreshes have come in at the server. */
export async function refreshes({ refreshCalls }: Oidc, atLeast: number): Promise<void> {
  const count = () => expect.poll(() => refreshCalls.length, { timeout: 10_000, interval: 10 })
  await count().toBeGreaterThanOrEqual(atLeast)
}

/** How many of the calls came with a token that another one had come with. */
export function repetitions(calls: readonly RefreshCall[]): number {
  return calls.length - new Set(calls.map(({ token }) => token)).size
}
