import type * as library from '../../src/index.js'
import type { Oidc } from '../servers/oidc/oidc.js'
import type { SceneOptions } from './scene.js'

/** Why the API has refused, request by request; 'taken' where it has not. */
export const refusals = ({ apiCalls }: Oidc): string[] => apiCalls.map(({ refusal }) => refusal ?? 'taken')

/** What the token endpoint has said to each refresh. */
export const refreshErrors = ({ refreshCalls }: Oidc): string[] =>
  refreshCalls.map(({ error }) => error ?? 'granted')

/** Pages whose tokens are bound to a key, at a provider that demands nonces unless it is told to go by the clock. */
export const withDpop = (options: SceneOptions = {}): SceneOptions => ({
  dpop: 'nonce',
  dpopOptions: {},
  ...options,
})

/** The page's. */
declare const Latchkey: typeof library
declare const latchkey: library.Latchkey
declare const proof: library.DpopPlacement

// These run in the page, as text: they must refer to nothing of this module.

/** What becomes of a request that a thief makes with what it has found: by its headers. */
async function thief(path: string, how: 'bearer' | 'replay' | 'other path' | 'other method' | 'other key') {
  const credential = {
    receivedAt: 0,
    access_token: JSON.parse(Object.values(localStorage)[0] ?? '').access_token,
  }
  const signer = how === 'other key' ? Latchkey.dpop({ storage: 'memory' }) : proof
  const carrier = await signer.attach(new Request(path), credential)
  const headers = Object.fromEntries(carrier?.headers ?? [])
  if (how === 'bearer') headers.authorization = `Bearer ${credential.access_token}`
  const target = how === 'other path' ? `${path}/other` : path
  const method = how === 'other method' ? 'POST' : 'GET'
  const answers = [await fetch(target, { method, headers })]
  if (how === 'replay') answers.push(await fetch(target, { method, headers }))
  return answers.map(({ status, headers }) => `${status} ${headers.get('www-authenticate') ?? ''}`.trim())
}

async function upload(kilobytes: number) {
  const body = new FormData()
  body.append('file', new File([new Uint8Array(kilobytes * 1024).fill(7)], 'a.bin'))
  return (await latchkey.fetch('/api/upload', { method: 'POST', body })).status
}

export const stealing = (how: Parameters<typeof thief>[1]): string =>
  `(${thief})('/api/stolen', ${JSON.stringify(how)})`

export const uploading = (kilobytes: number): string => `(${upload})(${kilobytes})`

/** An expression for a page: all keys are gone, as with site data that was deleted in part. */
export const losingKeys = `new Promise((resolve) => {
  indexedDB.deleteDatabase('latchkey.keys').onsuccess = () => resolve('lost')
})`
