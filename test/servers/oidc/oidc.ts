import { type AppParts, createApp } from './app.js'
import { type Control, createControl, type Settings } from './control.js'
import { agreeAt } from './grant.js'
import { listen } from './listen.js'
import { judgeAt } from './proof.js'
import { createIssuer, type Issuer, type TokenOptions } from './provider.js'
import { type ApiCall, createRecords, type Records, type RefreshCall } from './records.js'
import { redeemer } from './redeem.js'
import { type SignIn, signInWith } from './sign-in.js'
import { verifier } from './verify.js'

export interface OidcOptions extends TokenOptions {
  /** For how long a spent refresh token is given the same answer again. @default 0: its use ends the grant */
  graceSeconds?: number | undefined
  /** The name it has on this device, if it is to have one of its own. @default 'localhost' */
  host?: string | undefined
  /** What is served besides. */
  besides?: AppParts['besides']
}

export interface Oidc {
  readonly origin: string
  readonly refreshCalls: readonly RefreshCall[]
  readonly apiCalls: readonly ApiCall[]
  /** How many grants the provider has revoked since it started, each because of a reuse. */
  revoked(): number
  settings(): Readonly<Settings>
  /** Changes what is named of {@link Settings}, and keeps the rest. */
  set(change: Partial<Settings>): void
  /** All settings as at the start, and no records; grants stay. */
  reset(): void
  signIn: SignIn
  close(): Promise<void>
}

/**
 * Starts an OpenID provider, an API that takes its tokens, and a page with latchkey, all at one origin. The
 * provider itself listens beside it: what is asked for in front can then be slowed, dropped and replayed.
 */
export async function startOidc(options: OidcOptions = {}): Promise<Oidc> {
  const [front, behind] = await Promise.all([listen(options.host), listen()])
  const issuer = await createIssuer(front.origin, options)
  const [control, records] = [createControl(), createRecords()]
  const { besides, graceSeconds = 0 } = options
  const redeem = redeemer(`${behind.origin}/token`, front.origin, graceSeconds)
  const signIn = signInWith(issuer, redeem)
  const verify = verifier(issuer, `${behind.origin}/jwks`)
  behind.serve(issuer.provider.callback())
  const [judge, agree] = [judgeAt(front.origin, control), agreeAt(issuer)]
  front.serve(createApp({ control, records, redeem, signIn, verify, judge, agree, besides }))
  const close = async () => [front, behind].forEach((server) => void server.close())
  return { origin: front.origin, ...handle(control, records, issuer), signIn, close }
}

function handle(control: Control, records: Records, { provider }: Issuer) {
  let revoked = 0
  provider.on('grant.revoked', () => revoked++)
  return {
    ...records,
    revoked: () => revoked,
    settings: () => control.settings,
    set: control.set,
    reset() {
      control.reset()
      records.refreshCalls.length = 0
      records.apiCalls.length = 0
    },
  }
}
