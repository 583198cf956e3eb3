import { LatchkeyError } from '../errors.js'
import { keyNamed } from '../keys.js'
import { makeKeys, type ProofKey, proofKeyOf } from './proof.js'

export interface DpopKeyOptions {
  name: string
  storage: string
  indexedDB: IDBFactory | undefined
  now: () => number
}

/** Looked for, or made, at the first need; and at the next one again, if that failed. */
export function createDpopKey({ name, storage, indexedDB, now }: DpopKeyOptions): () => Promise<ProofKey> {
  let key: Promise<ProofKey> | undefined
  const stored = () => {
    const within = { signal: AbortSignal.timeout(PATIENCE_SECONDS * 1000), timeoutSeconds: PATIENCE_SECONDS }
    return keyNamed(name ? `dpop.${name}` : 'dpop', { ...within, indexedDB }, makeKeys)
  }
  const found = async () => {
    try {
      return await proofKeyOf(await (storage === 'memory' ? makeKeys() : stored()))
    } catch (cause) {
      key = undefined
      // What it came as might be a `TypeError`, which a refresh takes for an answer that was lost. Nothing was sent.
      throw new LatchkeyError('ERR_STORAGE_FAILED', { cause, retryAt: now() })
    }
  }
  return () => {
    key ??= found()
    return key
  }
}

/** How long a database may take to give a key. */
const PATIENCE_SECONDS = 5
