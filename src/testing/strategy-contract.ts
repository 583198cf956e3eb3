import type { Strategy, StrategyContext } from '../types.js'
import { type Body, type ContractCase, casesOf, expected, expectedError } from './contract.js'
import { placementCases } from './placement-cases.js'

/** Any strategy, whatever its `set` takes. */
export type AnyStrategy = Strategy<never>

/** What {@link strategyContract} may be told. */
export interface StrategyContractOptions {
  /**
   * Two different answers of a token endpoint that this strategy can take.
   * @default JWTs; a mere `expires_in` for a strategy whose credential is not readable
   */
  tokens?: readonly [object, object] | undefined
}

const LIFE_SECONDS = 600

/** A JWT nobody signed: `sub` is the user's name. It is opaque enough for all other strategies. */
function unsigned(sub: string): string {
  const part = (json: object) => btoa(JSON.stringify(json)).replace(/=+$/, '')
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub })}.`
}

const JWTS = [{ access_token: unsigned('first') }, { access_token: unsigned('second') }] as const
const MARKERS = [{ expires_in: 60 }, { expires_in: 120 }] as const

const NO_TOKENS: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  'an empty object': {},
  'a number for an access token': { access_token: 5 },
  'an empty access token': { access_token: '' },
  'an access token with a line feed': { access_token: 'a\nb' },
  'an access token with CR and LF': { access_token: 'a\r\nb: c' },
  'an access token with NUL': { access_token: 'a\0b' },
}

const NO_MARKERS = { 'an access token, which is not script’s to hold': { access_token: 'token' } }

function receive(strategy: AnyStrategy, token: unknown) {
  return strategy.receive(token as never, Date.now())
}

async function keeps(strategy: AnyStrategy, context: StrategyContext, token: object): Promise<void> {
  const given = receive(strategy, token)
  await strategy.set(context, given)
  const found = await strategy.get(context)
  expected(found, 'a credential where one was set')
  for (const field of ['access_token', 'refresh_token', 'receivedAt', 'expires_in'] as const) {
    expected(found[field] === given[field], `"${field}" to be what was received`)
  }
  expected(JSON.stringify(found.claims) === JSON.stringify(given.claims), 'the same claims')
}

function refuses(what: string, token: unknown, stored: object): Body<AnyStrategy> {
  return async (strategy, context) => {
    const before = receive(strategy, stored)
    await strategy.set(context, before)
    // What travels in a cookie is the browser's to refuse, and that is known when it is written.
    const codes = ['ERR_CREDENTIAL_MALFORMED']
    if (strategy.capabilities.sentBy === 'browser') codes.push('ERR_COOKIE_REFUSED')
    await expectedError(codes, () => strategy.set(context, receive(strategy, token)), what)
    const after = await strategy.get(context)
    expected(after?.access_token === before.access_token && after, 'what was stored to be still stored')
  }
}

function storage(first: object, second: object): Record<string, Body<AnyStrategy>> {
  return {
    'nothing stored is no credential': async (strategy, context) =>
      expected((await strategy.get(context)) === undefined, 'undefined where nothing was set'),
    'what is received, set and got is the same': (strategy, context) => keeps(strategy, context, first),
    'a life is kept': async (strategy, context) => {
      const lasting = { ...first, expires_in: LIFE_SECONDS }
      expected(receive(strategy, lasting).expires_in === LIFE_SECONDS, '"expires_in" to be the life')
      await keeps(strategy, context, lasting)
    },
    'a credential that is set replaces the one before': async (strategy, context) => {
      await keeps(strategy, context, first)
      await keeps(strategy, context, second)
    },
    'a cleared credential is gone': async (strategy, context) => {
      await keeps(strategy, context, first)
      await strategy.clear(context)
      expected((await strategy.get(context)) === undefined, 'undefined after clear')
    },
    'clearing twice is fine': async (strategy, context) => {
      await strategy.clear(context)
      await strategy.clear(context)
    },
  }
}

/**
 * The tests every {@link Strategy} has to pass, for the test runner of your choice. It does not prove that a
 * server accepts what is attached. Nothing is sent anywhere.
 *
 * @param makeStrategy called once for each test; all that is stored is cleared again
 * @example
 * for (const { name, run } of strategyContract(() => myStrategy())) test(name, run)
 */
export function strategyContract(
  makeStrategy: () => AnyStrategy,
  options: StrategyContractOptions = {},
): readonly ContractCase[] {
  const { readable } = makeStrategy().capabilities
  const [first, second] = options.tokens ?? (readable ? JWTS : MARKERS)
  const malformed = Object.entries(readable ? NO_TOKENS : NO_MARKERS).map(([what, token]) => [
    `${what} is refused, and what was stored is still stored`,
    refuses(what, token, first),
  ])
  return casesOf(makeStrategy, (strategy, context) => strategy.clear(context), {
    ...storage(first, second),
    ...Object.fromEntries(malformed),
    ...placementCases((strategy) => [receive(strategy, first), receive(strategy, second)]),
  })
}
