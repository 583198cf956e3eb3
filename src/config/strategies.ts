import { optional } from '../options.js'
import { cookieStrategy } from '../strategies/cookie.js'
import { jwtStrategy } from '../strategies/jwt.js'
import { memoryStrategy } from '../strategies/memory.js'
import { sessionStrategy } from '../strategies/session.js'
import { tokenStrategy } from '../strategies/token.js'
import type { DpopPlacement, Placement, SessionResponse, Strategy, TokenResponse } from '../types.js'
import { csrfs } from './csrf.js'
import type {
  CookieStrategyData,
  JwtStrategyData,
  MemoryStrategyData,
  SessionStrategyData,
  TokenStrategyData,
} from './data.js'
import { placements, type Seams } from './placements.js'
import { anyOf, choice, described, type Fields, flag, maybe, numeric, type Schema, text } from './schema.js'
import { stores } from './stores.js'

/** A strategy that data describes, and the key of its proofs, which a refresh has to share. */
export interface Described {
  readonly strategy: Strategy<TokenResponse | SessionResponse>
  readonly dpop: DpopPlacement | undefined
}

/** All strategies: what each may be told, and the factory that makes it. */
export function strategies(seams: Seams): Schema<Described> {
  const storage = stores()
  const placement = maybe(placements(seams))
  const csrf = maybe(csrfs())
  const subjectCookie = maybe(text())
  // Each attribute alone, in a cookie that is right.
  const cookie = (attribute: object) => cookieStrategy({ name: 'name', ...attribute })

  return anyOf<Described>({
    session: described(
      {
        csrf,
        probe: maybe(text()),
        subjectCookie,
        storage: maybe(storage),
      } satisfies Fields<SessionStrategyData>,
      (options) => ({ strategy: sessionStrategy(options), dpop: undefined }),
    ),
    cookie: described(
      {
        name: text((name) => cookie({ name })),
        expires: maybe(numeric((expires) => cookie({ expires }))),
        path: maybe(text((path) => cookie({ path }))),
        domain: maybe(text((domain) => cookie({ domain }))),
        secure: maybe(flag()),
        sameSite: maybe(choice(['Strict', 'Lax', 'None'])),
        partitioned: maybe(flag()),
        csrf,
        subjectCookie,
      } satisfies Fields<CookieStrategyData>,
      (options) => ({ strategy: cookieStrategy(options), dpop: undefined }),
    ),
    jwt: described({ storage, placement } satisfies Fields<JwtStrategyData>, (options) =>
      proving(jwtStrategy(options), options),
    ),
    token: described({ storage: maybe(storage), placement } satisfies Fields<TokenStrategyData>, (options) =>
      proving(tokenStrategy(options), options),
    ),
    memory: described({ placement } satisfies Fields<MemoryStrategyData>, (options) =>
      proving(memoryStrategy(options), options),
    ),
  })
}

function proving(strategy: Strategy, { placement }: { placement?: Placement | undefined }): Described {
  const isProof = placement && optional(placement, 'tokenType') === 'DPoP'
  return { strategy, dpop: isProof ? (placement as DpopPlacement) : undefined }
}
