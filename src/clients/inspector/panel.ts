import type { Latchkey } from '../../latchkey.js'
import type { Claims, LatchkeyState } from '../../types.js'
import { element } from './dom.js'
import { lifeOf } from './life.js'
import { filled, type InspectorWords } from './words.js'

/** What an inspector needs of an instance: all of it is there in what `createLatchkey` returns. */
export type Inspected = Pick<Latchkey<never>, 'state' | 'subscribe' | 'fingerprint'>

/** What is known of one instance now. */
export interface Panel {
  readonly latchkey: Inspected
  readonly root: HTMLElement
  show(state: LatchkeyState): void
  /** Shows how much of its life is left. */
  tick(): void
}

/** @param number which of several it is; empty for the one */
export function createPanel(latchkey: Inspected, number: string, words: InspectorWords): Panel {
  const facts = createFacts(words)
  const name = element('p', { part: 'name' })
  const claims = element('pre')
  const details = element('details', {}, element('summary', {}, words.claims), claims)
  const root = element('div', number ? { role: 'group' } : {}, ...(number ? [name] : []), facts.root, details)
  let shown: LatchkeyState | undefined

  const tick = () => showLife(facts, lifeOf(latchkey.state, Date.now(), words))
  const look = async (state: LatchkeyState) => {
    const none = () => whyNone(state, words)
    const digits = await latchkey.fingerprint().then(
      (found) => found ?? none(),
      (error) => error?.code ?? none(),
    )
    if (shown === state) facts.fingerprint.textContent = digits
  }
  return {
    latchkey,
    root,
    show(state) {
      if (state === shown) return
      shown = state
      name.textContent = number + state.strategy
      if (number) root.setAttribute('aria-label', name.textContent)
      claims.textContent = state.claims ? claimsOf(state.claims) : words.none
      showFacts(facts, state, words)
      tick()
      look(state)
    },
    tick,
  }
}

type Facts = ReturnType<typeof createFacts>

/** The places for what is known, each beside its term. */
function createFacts(words: InspectorWords) {
  const root = element('dl')
  const bar = element('meter', { min: '0', max: '1', low: '0.1', optimum: '1', 'aria-label': words.life })
  const fact = (term: string, ...more: readonly Node[]) => {
    const text = element('span')
    root.append(element('div', {}, element('dt', {}, term), element('dd', {}, text, ...more)))
    return text
  }
  const status = fact(words.status)
  const user = fact(words.user)
  const strategy = fact(words.strategy)
  const storage = fact(words.storage)
  const fingerprint = fact(words.fingerprint)
  return { root, status, user, strategy, storage, fingerprint, life: fact(words.life, bar), bar }
}

function showFacts(facts: Facts, state: LatchkeyState, words: InspectorWords): void {
  facts.status.textContent = [state.status, state.reason].filter(Boolean).join(': ')
  facts.status.dataset.status = state.status
  facts.user.textContent = state.subject ?? words.none
  facts.strategy.textContent = state.strategy
  facts.storage.textContent = placeOf(state, words)
}

function showLife({ life, bar }: Facts, { text, part }: ReturnType<typeof lifeOf>): void {
  life.textContent = text
  bar.hidden = part === undefined
  bar.value = part ?? 0
}

function claimsOf(claims: Claims): string {
  try {
    return JSON.stringify(claims, undefined, 2)
  } catch {
    // A probe may answer what JSON can't have, as a BigInt.
    return Object.keys(claims).join(', ')
  }
}

function placeOf({ storage, persistent }: LatchkeyState, words: InspectorWords): string {
  const place = filled(persistent ? words.persistent : words.fleeting, { storage: storage.name })
  return [place, storage.error?.code].filter(Boolean).join(': ')
}

function whyNone({ status }: LatchkeyState, { none, unreadable, insecure }: InspectorWords): string {
  if (!/signed-in|degraded/.test(status)) return none
  return globalThis.isSecureContext ? unreadable : insecure
}
