import {
  cookieStrategy,
  createLatchkey,
  jwtStrategy,
  type Latchkey,
  type LatchkeyOptions,
  type Strategy,
  sessionStrategy,
  type TokenResponse,
  tokenStrategy,
} from '../../../src/index.js'
import { sleep } from '../../shared/fixtures/faults.js'
import type { Lying } from './places.js'

export const API = 'https://api.example.com'
export const COOKIE = 'stored-v1'
export const NOW = 1_700_000_000_000

/** One way that something came to be stored, what that was, and what it says. */
export interface Recipe {
  readonly title: string
  readonly strategy: 'jwt-local' | 'jwt-session' | 'token' | 'cookie' | 'session'
  /** Signed in with it before anybody knew what was there. */
  readonly isEarly?: boolean
  /** Somebody else was signed in before. */
  readonly isSecond?: boolean
  readonly set: Partial<TokenResponse>
  readonly refreshed?: Partial<TokenResponse>
  readonly stored: readonly Lying[]
  readonly says: { readonly subject?: string; readonly expiresAt?: number; readonly refresh_token?: string }
}

const strategies: Record<Recipe['strategy'], () => unknown> = {
  'jwt-local': () => jwtStrategy({ storage: 'local' }),
  'jwt-session': () => jwtStrategy({ storage: 'session' }),
  token: () => tokenStrategy(),
  cookie: () => cookieStrategy({ name: COOKIE, expires: 7 }),
  session: () => sessionStrategy(),
}

const strategyOf = ({ strategy }: Recipe) => strategies[strategy]() as Strategy

export function makeOf(recipe: Recipe, more: Partial<LatchkeyOptions> = {}): Latchkey {
  return createLatchkey({ strategy: strategyOf(recipe), allowedOrigins: [API], now: () => NOW, ...more })
}

/** Finds nothing for so long that all else is faster. */
const slow = (strategy: Strategy): Strategy => ({
  ...strategy,
  get: (context) => sleep(150).then(() => strategy.get(context)),
})

/** Does today what the recipe did then. */
export async function follow(recipe: Recipe): Promise<void> {
  const refresh = async () => recipe.refreshed as TokenResponse
  const strategy = strategyOf(recipe)
  const latchkey = makeOf(recipe, { refresh, strategy: recipe.isEarly ? slow(strategy) : strategy })
  if (!recipe.isEarly) await latchkey.ready()
  if (recipe.isSecond) {
    await latchkey.set(recipe.set as TokenResponse)
    await latchkey.clear()
  }
  await latchkey.set(recipe.set as TokenResponse)
  if (recipe.refreshed) await latchkey.refresh()
  latchkey.dispose()
}
