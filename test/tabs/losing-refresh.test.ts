import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Tokens } from '../servers/oidc/sign-in.js'
import { asking } from './asked.js'
import { refreshes } from './calls.js'
import { afterEndMs } from './refreshing.js'
import { type Scene, scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const scene = scenesIn('chromium')

/** An expression for a page: forgets what IndexedDB has, of whatever name. */
const records = `Promise.all((await indexedDB.databases()).map(({ name }) => new Promise((resolve, reject) => {
  const request = indexedDB.open(name)
  request.onsuccess = () => {
    const names = [...request.result.objectStoreNames]
    const transaction = request.result.transaction(names, 'readwrite')
    for (const store of names) transaction.objectStore(store).clear()
    transaction.oncomplete = () => resolve(request.result.close())
    transaction.onabort = request.onerror = reject
  }
})))`

const types = async (tab: Tab) => (await tab.events()).map(({ type }) => type)

/** Spends the stored refresh token, as one who keeps no record of that. */
async function spend({ oidc }: Scene, tab: Tab): Promise<Tokens> {
  const { refresh_token } = JSON.parse(await tab.stored())
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'web', refresh_token })
  return (await fetch(`${oidc.origin}/token`, { method: 'POST', body })).json()
}

test('a refresh that is refused takes what another has stored meanwhile, and clears nothing', async () => {
  const at = await scene()
  const tab = await at.signedIn()
  const tokens = await spend(at, tab)
  at.oidc.set({ delayMs: 400 })
  await tab.jump(afterEndMs)
  await tab.begin(asking('/api/1'))
  await refreshes(at.oidc, 2)
  const record = `JSON.stringify({ v: 1, ...${JSON.stringify(tokens)}, receivedAt: Date.now() })`
  await tab.evaluate(`localStorage.setItem(Object.keys(localStorage)[0], ${record})`)
  expect(await tab.outcome()).toMatchObject({ outcome: '200' })
  expect(at.oidc.refreshCalls.map(({ error }) => error)).toEqual([undefined, 'invalid_grant'])
  expect(await types(tab)).toEqual(['refreshed'])
  expect(JSON.parse(await tab.stored()).refresh_token).toBe(tokens.refresh_token)
})

test('of two refreshes at once the one that loses changes nothing', async () => {
  const at = await scene({ noLocks: true })
  const [winner, loser] = [await at.signedIn(), await at.open()]
  at.oidc.set({ delayMs: 800 })
  await Promise.all([winner.jump(afterEndMs), loser.jump(afterEndMs)])
  await winner.begin(asking('/api/winner'))
  await refreshes(at.oidc, 1)
  // Site data that are deleted are all that lets two in at once.
  await loser.evaluate(records)
  // Late enough for the winner to have stored what it got when the loser is refused.
  await sleep(400)
  await loser.begin(asking('/api/loser'))
  await refreshes(at.oidc, 2)
  const [won, lost] = [await winner.outcome(), await loser.outcome()]
  expect([won.outcome, lost.outcome, lost.token]).toEqual(['200', '200', won.token])
  expect(at.oidc.refreshCalls.map(({ error }) => error)).toEqual([undefined, 'invalid_grant'])
  expect([...(await types(winner)), ...(await types(loser))]).not.toContain('signed-out')
})
