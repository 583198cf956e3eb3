import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, openBrowser } from '../harness/browsers.js'
import { type Oidc, startOidc } from '../servers/oidc/oidc.js'
import { type Contestant, latchkey } from './contestant.js'
import { type Round, resultOf, type StormResult } from './figures.js'
import { defaults, lifeOf, type StormOptions } from './options.js'
import { openTabs, type Tabs } from './tabs.js'

const library = new URL('../../dist/latchkey.min.js', import.meta.url)
const marginMs = 150
const leadMs = 300
const leadPerTabMs = 10

/**
 * When the tabs begin. A token ends at a whole second, so one that is issued shortly after one lives as long
 * as it says; otherwise it could end within the round that it was issued in.
 */
function nextStart({ tabs, delayMs }: StormOptions): number {
  const issued = Date.now() + leadMs + leadPerTabMs * tabs + delayMs
  return Math.ceil(issued / 1000) * 1000 + 20 - delayMs
}

/** What asked for a refresh, and was not told to come again with a nonce: that spends nothing. */
function spendingCalls({ refreshCalls }: Oidc): number {
  return refreshCalls.filter(({ error }) => error !== 'use_dpop_nonce').length
}

function startServer(options: StormOptions, { server }: Contestant): Promise<Oidc> {
  const accessTokenFormat = options.strategy === 'token' ? 'opaque' : 'jwt'
  const dpop = options.dpop ? 'nonce' : undefined
  return startOidc({ ...server, accessTokenSeconds: lifeOf(options), accessTokenFormat, dpop })
}

/** Tabs that are signed in, at a provider of their own. */
export interface Storm {
  /** Waits until the token has expired, and has all ask at once. Signs in again where the session was lost. */
  round(): Promise<Round>
  close(): Promise<void>
}

async function runRound(oidc: Oidc, tabs: Tabs, options: StormOptions): Promise<Round> {
  const before = { calls: spendingCalls(oidc), revoked: oidc.revoked() }
  const bursts = await tabs.burst(nextStart(options))
  const refreshCalls = spendingCalls(oidc) - before.calls
  const isLost = (await tabs.haveLost()) || oidc.revoked() > before.revoked
  return { bursts, isLost, refreshCalls }
}

/** When all that has been issued so far will have ended. */
const endOf = (options: StormOptions) => Date.now() + lifeOf(options) * 1000 + marginMs

async function signedIn(oidc: Oidc, tabs: Tabs, options: StormOptions): Promise<Pick<Storm, 'round'>> {
  await tabs.signIn()
  let end = endOf(options)
  return {
    async round() {
      await sleep(Math.max(0, end - Date.now()))
      const round = await runRound(oidc, tabs, options)
      if (round.isLost) await tabs.signIn()
      end = endOf(options)
      return round
    },
  }
}

/** Opens tabs that will all ask at once, each time their token has expired. */
export async function openStorm(
  browser: Browser,
  given: Partial<StormOptions>,
  contestant?: Contestant,
): Promise<Storm> {
  const options = { ...defaults, ...given }
  const whose = contestant ?? latchkey(options)
  const oidc = await startServer(options, whose)
  oidc.set({ delayMs: options.delayMs, apiNonce: options.dpop ? 'storm' : null })
  try {
    const tabs = await openTabs(browser, oidc.origin, whose, options)
    const close = () => tabs.close().finally(oidc.close)
    return { ...(await signedIn(oidc, tabs, options)), close }
  } catch (error) {
    await oidc.close()
    throw error
  }
}

/** What becomes of such tabs, round by round. */
export async function stormRounds(
  browser: Browser,
  given: Partial<StormOptions>,
  contestant?: Contestant,
): Promise<Round[]> {
  if (!existsSync(library)) throw new Error('run npm run build first')
  const storm = await openStorm(browser, given, contestant)
  try {
    const rounds: Round[] = []
    while (rounds.length < (given.rounds ?? defaults.rounds)) rounds.push(await storm.round())
    return rounds
  } finally {
    await storm.close()
  }
}

/** The same in a browser of its own, in figures. Needs `npm run build`. */
export async function runStorm(given: Partial<StormOptions> = {}): Promise<StormResult> {
  const browser = await openBrowser(given.engine ?? defaults.engine)
  try {
    return resultOf(await stormRounds(browser, given))
  } finally {
    await browser.close()
  }
}
