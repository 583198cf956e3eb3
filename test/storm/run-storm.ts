import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, openBrowser } from '../harness/browsers.js'
import { type Oidc, startOidc } from '../servers/oidc/oidc.js'
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

async function runRound(oidc: Oidc, tabs: Tabs, options: StormOptions): Promise<Round> {
  await sleep(lifeOf(options) * 1000 + marginMs)
  const before = { calls: spendingCalls(oidc), revoked: oidc.revoked() }
  const bursts = await tabs.burst(nextStart(options))
  const isLost = oidc.revoked() > before.revoked || bursts.some(({ status }) => status === 'signed-out')
  return { bursts, isLost, refreshCalls: spendingCalls(oidc) - before.calls }
}

async function runRounds(oidc: Oidc, tabs: Tabs, options: StormOptions): Promise<Round[]> {
  const rounds: Round[] = []
  await tabs.signIn()
  while (rounds.length < options.rounds) {
    const round = await runRound(oidc, tabs, options)
    rounds.push(round)
    if (round.isLost) await tabs.signIn()
  }
  return rounds
}

function startServer(options: StormOptions): Promise<Oidc> {
  const accessTokenFormat = options.strategy === 'token' ? 'opaque' : 'jwt'
  const dpop = options.dpop ? 'nonce' : undefined
  return startOidc({ accessTokenSeconds: lifeOf(options), accessTokenFormat, dpop })
}

/** Tabs that all ask at once, each time their token has expired: what becomes of it, round by round. */
export async function stormRounds(browser: Browser, given: Partial<StormOptions>): Promise<Round[]> {
  const options = { ...defaults, ...given }
  if (!existsSync(library)) throw new Error('run npm run build first')
  const oidc = await startServer(options)
  oidc.set({ delayMs: options.delayMs, apiNonce: options.dpop ? 'storm' : null })
  try {
    const tabs = await openTabs(browser, oidc.origin, options)
    return await runRounds(oidc, tabs, options).finally(tabs.close)
  } finally {
    await oidc.close()
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
