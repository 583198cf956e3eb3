import { part } from '../dom.js'
import { words } from '../word.js'
import type { Finding, Outcome } from './finding.js'
import { tableOf } from './table.js'
import type { Victim } from './victims.js'

const say = words.attacks
const heads = [say.xss.short, say.csrf.short, say.redirect.short, say.foreign.short]

export type AttackName = 'xss' | 'csrf' | 'redirect' | 'foreign'
const names: readonly AttackName[] = ['xss', 'csrf', 'redirect', 'foreign']

/** The table of what each attack got from each strategy: filled as the attacks are made. */
export function createSummary(root: HTMLElement, victims: readonly Victim[]) {
  const known = new Map<AttackName, readonly Finding[]>()
  const show = () => {
    const findings = victims.map((victim) => ({
      victim,
      outcomes: names.map((name) => outcomeOf(name, victim)),
    }))
    part(root, '#attacks-summary', HTMLElement).replaceChildren(tableOf(say.summary.caption, heads, findings))
  }
  const outcomeOf = (name: AttackName, victim: Victim): Outcome =>
    known.get(name)?.find((finding) => finding.victim === victim)?.short ?? {
      tone: 'plain',
      text: say.notTried,
    }
  show()
  return (name: AttackName, findings: readonly Finding[]) => {
    known.set(name, findings)
    show()
  }
}
