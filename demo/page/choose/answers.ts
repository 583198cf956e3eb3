/** What is asked, each with what may be answered, in the order in which it is shown. */
export const questions = {
  server: ['session', 'token', 'cookie'],
  api: ['own', 'site', 'other'],
  life: ['kept', 'tab', 'page'],
  form: ['jwt', 'opaque'],
  refresh: ['yes', 'no'],
  dpop: ['no', 'yes'],
  csrf: ['django', 'laravel', 'rails', 'angular', 'spring', 'aspnet', 'express', 'fastify', 'none'],
} as const

export type Question = keyof typeof questions

export type Answers = { readonly [Q in Question]: (typeof questions)[Q][number] }

/** Where the credential rests and who sends it; `token-session` is an opaque token in sessionStorage. */
export type Kind = 'session' | 'cookie' | 'jwt-local' | 'jwt-session' | 'token' | 'token-session' | 'memory'

/** The strategy that fits. Browsers block cookies of another site more and more, so there a token is all that is left. */
export function kindOf({ server, api, life, form }: Answers): Kind {
  if (server !== 'token' && api !== 'other') return server
  if (life === 'page') return 'memory'
  if (form === 'opaque') return life === 'tab' ? 'token-session' : 'token'
  return life === 'tab' ? 'jwt-session' : 'jwt-local'
}

const ASKED_OF_TOKENS: readonly Question[] = ['server', 'api', 'life', 'form', 'refresh', 'dpop']

const ASKED: Readonly<Record<Kind, readonly Question[]>> = {
  session: ['server', 'api', 'csrf'],
  cookie: ['server', 'api', 'life', 'refresh', 'csrf'],
  'jwt-local': ASKED_OF_TOKENS,
  'jwt-session': ASKED_OF_TOKENS,
  token: ASKED_OF_TOKENS,
  'token-session': ASKED_OF_TOKENS,
  memory: ['server', 'api', 'life', 'refresh'],
}

/** The questions whose answers decide something, with what was answered so far. */
export function asked(answers: Answers): readonly Question[] {
  return ASKED[kindOf(answers)]
}
