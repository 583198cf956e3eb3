import {
  angular,
  createLatchkey,
  type Latchkey,
  memoryStrategy,
  sessionStrategy,
  type TokenResponse,
} from '../../../src/index.js'

export type KindId = 'session' | 'token' | 'bare-jwt' | 'jwt'

/** One kind of credential, and a latchkey that keeps it while the page is open. */
export interface KeptKind {
  readonly id: KindId
  readonly latchkey: Omit<Latchkey, 'set'>
  keep(answer: TokenResponse): Promise<void>
  /** What a thief has who has read the token once. A cookie that is HttpOnly nobody can read. */
  copy?: string | undefined
  readonly canBeCopied: boolean
}

function session(): KeptKind {
  const strategy = sessionStrategy({ csrf: angular(), probe: '/api/session/me' })
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name: 'server-keeps' })
  return {
    id: 'session',
    latchkey,
    keep: ({ expires_in }) => latchkey.set({ expires_in }),
    canBeCopied: false,
  }
}

function token(id: KindId): KeptKind {
  const strategy = memoryStrategy()
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name: `server-keeps.${id}` })
  const kind: KeptKind = {
    id,
    latchkey,
    async keep(answer) {
      kind.copy = answer.access_token
      await latchkey.set(answer)
    },
    canBeCopied: true,
  }
  return kind
}

export function createKinds(): KeptKind[] {
  return [session(), token('token'), token('bare-jwt'), token('jwt')]
}
