import type { Words } from '../word.js'
import { type Answers, asked, type Kind, kindOf, type Question } from './answers.js'

/** A reason, or what is to be known, by its name among the words. */
export type Reason = keyof Words['choose']['reasons']

/** Why it is that strategy, and what it asks of the server. */
export function reasonsFor(answers: Answers): readonly Reason[] {
  const kind = kindOf(answers)
  const isAsked = (question: Question) => asked(answers).includes(question)
  return [
    ...notAsWished(answers, kind),
    WHY[kind],
    ...lifeOf(answers, kind),
    ...(kind === 'session' ? (['probe', 'secureCookies'] as const) : []),
    ...(isAsked('csrf') ? csrfOf(answers) : []),
    ...(isAsked('refresh') ? ([answers.refresh === 'yes' ? 'refresh' : 'noRefresh'] as const) : []),
    ...(isAsked('dpop') && answers.dpop === 'yes' ? (['dpop'] as const) : []),
    ...crossOrigin(answers, kind),
  ]
}

const WHY: Readonly<Record<Kind, Reason>> = {
  session: 'session',
  cookie: 'cookie',
  'jwt-local': 'jwtLocal',
  'jwt-session': 'jwtSession',
  token: 'token',
  'token-session': 'tokenSession',
  memory: 'memory',
}

function notAsWished({ server }: Answers, kind: Kind): readonly Reason[] {
  if (server === 'session' && kind !== 'session') return ['thirdParty']
  return server === 'cookie' && kind !== 'cookie' ? ['cookieElsewhere'] : []
}

function lifeOf({ life }: Answers, kind: Kind): readonly Reason[] {
  if (kind !== 'cookie') return []
  return life === 'kept' ? ['cookieKept'] : ['cookieEnds']
}

function csrfOf({ csrf, api }: Answers): readonly Reason[] {
  if (csrf === 'none') return ['noCsrf']
  // Express and Fastify answer with the token, which CORS lets script read; Rails has its `url` besides.
  const isInCookie = !['express', 'fastify', 'rails'].includes(csrf)
  return api === 'site' && isInCookie ? ['csrf', 'csrfDomain'] : ['csrf']
}

function crossOrigin({ api }: Answers, kind: Kind): readonly Reason[] {
  if (api === 'own') return []
  return kind === 'session' || kind === 'cookie' ? ['corsCredentials'] : ['corsHeader']
}
