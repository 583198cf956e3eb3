import { isMalformed, LatchkeyError } from '../errors.js'
import { optional, own } from '../options.js'
import type { Claims, CredentialRecord, Placement, Store, Strategy, TokenResponse } from '../types.js'
import { lifeOf } from './life.js'

/** What makes a strategy: where the credential rests, how it travels, and what can be read from it. */
export interface StrategyParts {
  /** Names the strategy in the state, in errors and in the key it is stored under. */
  name: string
  /** Where the credential rests. */
  store: Store
  /** How it travels. */
  placement: Placement
  /** Reads claims from the access token, and throws if it is malformed. @default no claims */
  readClaims?: ((accessToken: string) => Claims) | undefined
  /** Whose credential it is now, where that is written beside it. It is read before each request. @default nobody knows */
  readSubject?: (() => string | undefined) | undefined
  /** Who puts it on the request. @default 'script' */
  sentBy?: 'script' | 'browser' | undefined
  /** Whether the access token can be written where it has to go. @default it fits a request header */
  isUsable?: ((accessToken: unknown) => boolean) | undefined
}

/** The stored format: `{ v, access_token?, refresh_token?, expires_in?, receivedAt, generation?, line?, cache?, token_type? }`. */
export const VERSION = 1

type Code = 'ERR_CREDENTIAL_MALFORMED' | 'ERR_STORED_MALFORMED'

export function joined(parts: StrategyParts): Strategy {
  const {
    name,
    store,
    placement,
    readClaims,
    readSubject,
    sentBy = 'script',
    isUsable = fitsHeader,
  } = own(parts)
  const ofPlacement = <K extends keyof Placement>(part: K) => optional(placement, part)
  const tokenType = ofPlacement('tokenType')
  const read = (code: Code, source: () => object) => {
    try {
      const found = own(source() as Stored)
      const { v, access_token, refresh_token, expires_in, receivedAt, generation, line, cache } = found
      // Whoever else wrote it may have kept the answer as it was: a bearer token is bound to nothing.
      const token_type = /^bearer$/i.test(`${found.token_type}`) ? undefined : found.token_type
      if (v !== VERSION || !isUsable(access_token) || !Number.isFinite(receivedAt)) throw code
      // Without a type it is from before types were kept: what is bound no more than that is bound by a refresh.
      if (token_type !== undefined && token_type !== tokenType) throw code
      const claims = readClaims?.(access_token ?? '')
      const life = lifeOf(expires_in, claims, receivedAt)
      return {
        access_token,
        refresh_token,
        expires_in: life,
        receivedAt,
        generation: Number(generation) || 0,
        line,
        cache: cache && ('no-store' as const),
        token_type,
        claims,
      }
    } catch {
      // Without a cause: what a parser throws quotes what it could not parse.
      throw new LatchkeyError(code, { strategy: name })
    }
  }
  return {
    name,
    capabilities: {
      readable: true,
      persistent: store.persistent,
      perTab: optional(store, 'perTab'),
      sentBy,
    },
    storage: store.name,
    receive(token, now) {
      mustBeOfType(tokenType, token, name)
      const received = { token_type: tokenType, v: VERSION, receivedAt: now }
      return read('ERR_CREDENTIAL_MALFORMED', () => ({ ...token, ...received }))
    },
    async get(context) {
      try {
        const stored = await store.read(context)
        return stored === undefined ? undefined : read('ERR_STORED_MALFORMED', () => JSON.parse(stored))
      } catch (error) {
        // A store that can tell itself does not know what it is kept for.
        throw isMalformed(error) ? new LatchkeyError('ERR_STORED_MALFORMED', { strategy: name }) : error
      }
    },
    async set(context, credential) {
      const { access_token, refresh_token, expires_in, receivedAt, generation, line } = credential
      const { cache, token_type } = credential
      const kept = {
        access_token,
        refresh_token,
        expires_in,
        receivedAt,
        generation,
        line,
        cache,
        token_type,
      }
      await store.write(context, JSON.stringify({ v: VERSION, ...kept }))
    },
    clear: (context) => store.erase(context),
    attach: (request, credential, context) => placement.attach(request, credential, context),
    exposes: ofPlacement('exposes'),
    review: ofPlacement('review'),
    needs: ofPlacement('needs'),
    expectsRefusal: ofPlacement('expectsRefusal'),
    readSubject,
    // Named, so that none is ever found on `Object.prototype`.
    probe: undefined,
  }
}

/** RFC 6749 s. 7.1. Sent all the same, a bearer token would do without the proof that was asked for (RFC 9449 s. 5). */
function mustBeOfType(tokenType: string | undefined, token: TokenResponse, strategy: string): void {
  const { token_type } = own(Object(token))
  if (!tokenType || typeof token_type !== 'string' || token_type.toLowerCase() === tokenType.toLowerCase())
    return
  const message = `The server answered a token of another type than ${tokenType}: have it bind this client's tokens`
  throw new LatchkeyError('ERR_CREDENTIAL_MALFORMED', { strategy, message })
}

type Stored = CredentialRecord & { v?: unknown }

/**
 * A header's value has no control character, is Latin-1, and loses blanks at its ends (Fetch s. 2.2.2). No server
 * takes one of 250 KB, and to read claims from a much longer one would stop the page for seconds.
 */
export function fitsHeader(accessToken: unknown): boolean {
  const isText = typeof accessToken === 'string' && accessToken.length < 250_000
  return isText && /^(?! )[ -~\x80-\xff]+(?<! )$/.test(accessToken)
}
