import type { CsrfData, EnvironmentData, RefreshData, StrategyData } from '../../../src/index.js'
import { type Answers, kindOf } from './answers.js'
import { originOf, type Place, sharedDomain } from './places.js'

/** The settings of one environment: what was answered, at the addresses of that place. */
export function settingsFor(answers: Answers, place: Place): EnvironmentData {
  return {
    strategy: strategyFor(answers, place),
    allowedOrigins: answers.api === 'own' ? ['self'] : place.apis,
    ...refreshFor(answers, place),
  }
}

function strategyFor(answers: Answers, place: Place): StrategyData {
  const kind = kindOf(answers)
  const placement = answers.dpop === 'yes' ? { placement: { type: 'dpop' } as const } : {}
  switch (kind) {
    case 'session':
      return { type: 'session', ...csrfFor(answers, place), probe: at('/me', answers, place) }
    case 'cookie':
      return cookieFor(answers, place)
    case 'jwt-local':
    case 'jwt-session':
      return { type: 'jwt', storage: kind === 'jwt-local' ? 'local' : 'session', ...placement }
    case 'token':
      return { type: 'token', ...placement }
    case 'token-session':
      return { type: 'token', storage: 'session', ...placement }
    case 'memory':
      return { type: 'memory' }
  }
}

function cookieFor(answers: Answers, place: Place): StrategyData {
  const domain = answers.api === 'site' ? sharedDomain(place) : undefined
  return {
    type: 'cookie',
    name: 'access',
    ...(answers.life === 'kept' ? { expires: 7 } : {}),
    ...(domain ? { domain } : {}),
    ...csrfFor(answers, place),
  }
}

function csrfFor(answers: Answers, place: Place): { csrf?: CsrfData } {
  const { csrf } = answers
  if (csrf === 'none') return {}
  const path = CSRF_PATHS[csrf]
  return { csrf: path ? { type: csrf, url: at(path, answers, place) } : { type: csrf } }
}

/** Where a new token is to be got, as docs/csrf.md has it; servers for Angular bring one with each answer. */
const CSRF_PATHS = {
  django: '/csrf-token',
  laravel: '/sanctum/csrf-cookie',
  rails: '/csrf-token',
  angular: undefined,
  spring: '/csrf',
  aspnet: '/antiforgery/token',
  express: '/csrf-token',
  fastify: '/csrf-token',
} as const

function refreshFor(answers: Answers, { host, apis }: Place): { refresh?: RefreshData } {
  if (answers.refresh === 'no' || kindOf(answers) === 'session') return {}
  const [api = originOf(host)] = answers.api === 'own' ? [] : apis
  return { refresh: { type: 'oauth', tokenEndpoint: joined(api, '/token'), clientId: 'web' } }
}

/** A path of the page's own server, or the address at the first API. */
function at(path: string, { api }: Answers, { apis }: Place): string {
  const [first = ''] = api === 'own' ? [] : apis
  return joined(first, path)
}

function joined(base: string, path: string): string {
  return base.replace(/\/$/, '') + path
}
