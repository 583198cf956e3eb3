import { LatchkeyError } from '../errors.js'
import { keyNamed } from '../keys.js'
import { inTime } from '../unless-aborted.js'
import { isProofKeys, makeKeys, type ProofKey, proofKeyOf } from './proof.js'

export interface DpopKeyOptions {
  name: string
  storage: string
  indexedDB: IDBFactory | undefined
  now: () => number
}

export interface DpopKey {
  /** The one that was found last, without a look where it is now. */
  inHand(): Promise<ProofKey>
  /** The one that is stored now, where tokens are to be bound to it. Where it is gone, the one in hand is stored again. */
  stored(): Promise<ProofKey>
}

/** Looked for, or made, at the first need; and at the next one again, if that failed. */
export function createDpopKey({ name, storage, indexedDB, now }: DpopKeyOptions): DpopKey {
  let pair: CryptoKeyPair | undefined
  let key: ProofKey | undefined
  let looking: Promise<ProofKey> | undefined
  const made = async () => pair ?? makeKeys()
  const kept = () =>
    inTime(PATIENCE_SECONDS, (signal) => {
      const within = { signal, timeoutSeconds: PATIENCE_SECONDS, indexedDB }
      return keyNamed(name ? `dpop.${name}` : 'dpop', within, made, isProofKeys)
    })
  const found = async () => {
    try {
      pair = await (storage === 'memory' ? made() : kept())
      key = await proofKeyOf(pair)
      return key
    } catch (cause) {
      // What it came as might be a `TypeError`, which a refresh takes for an answer that was lost. Nothing was sent.
      throw new LatchkeyError('ERR_STORAGE_FAILED', { cause, retryAt: now() })
    }
  }
  const stored = () => {
    looking ??= found().finally(() => {
      looking = undefined
    })
    return looking
  }
  return { stored, inHand: async () => key ?? stored() }
}

/** How long a database may take to give a key. */
const PATIENCE_SECONDS = 5
