import { part } from '../dom.js'
import { filled, words } from '../word.js'
import { createBait } from './bait.js'
import { csrf } from './csrf.js'
import type { Finding } from './finding.js'
import { foreign, redirect } from './sending.js'
import { createStage } from './stage.js'
import { type AttackName, createSummary } from './summary.js'
import { tableOf } from './table.js'
import { createVictims } from './victims.js'
import { xss } from './xss.js'

const say = words.attacks

/** Fills the section, when it is first shown. */
export function open(root: HTMLElement): void {
  const victims = createVictims()
  const tell = createSummary(root, victims)
  const stage = createStage()
  const signedOut = () => Promise.all(victims.map((victim) => victim.signOut()))
  // What is left from before ends first, so that what is attacked is new.
  const signedIn = async () => {
    await signedOut()
    await Promise.all(victims.map((victim) => victim.signIn()))
  }
  const begin = (name: AttackName, attack: () => Promise<readonly Finding[]>) => {
    const place = placeOf(root, name)
    stage(place, async () => {
      const findings = await attack().finally(signedOut)
      withdraw()
      part(place, '.outcomes', HTMLElement).replaceChildren(
        tableOf(say[name].title, say[name].columns, findings),
      )
      tell(name, findings)
      return ended(name, findings)
    })
  }
  for (const [name, attack] of [
    ['xss', xss],
    ['redirect', redirect],
    ['foreign', foreign],
  ] as const)
    part(placeOf(root, name), 'button', HTMLButtonElement).addEventListener('click', () =>
      begin(name, () => signedIn().then(() => attack(victims))),
    )
  const withdraw = createBait(placeOf(root, 'csrf'), {
    prepare: (work) => stage(placeOf(root, 'csrf'), () => signedIn().then(work)),
    taken: (visit) => begin('csrf', () => csrf(victims, visit)),
  })
}

function placeOf(root: HTMLElement, name: AttackName): HTMLElement {
  return part(root, `#attack-${name}`, HTMLElement)
}

function ended(name: AttackName, findings: readonly Finding[]) {
  const lost = findings.filter(({ short }) => short.tone === 'bad').length
  const text = filled(say[name].ended, { lost, kept: findings.length - lost, all: findings.length })
  return { tone: lost > 0 ? 'bad' : 'good', text } as const
}
