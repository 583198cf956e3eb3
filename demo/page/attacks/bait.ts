import { element, part } from '../dom.js'
import { words } from '../word.js'
import type { Outcome } from './finding.js'
import { foreignServer } from './foreign-server.js'

export interface BaitParts {
  /** Signs the victims in, and then does the work. */
  prepare(work: () => Promise<Outcome>): void
  /** The link was followed: the other page marks what it sends with that visit. */
  taken(visit: string): void
}

/**
 * The way to the other origin's page: a link, as it could be in any mail, for somebody who is signed in.
 * Returns what takes it away, once nobody is signed in any more.
 */
export function createBait(place: HTMLElement, { prepare, taken }: BaitParts): () => void {
  const button = part(place, 'button', HTMLButtonElement)
  const withdraw = () => {
    const link = place.querySelector('.bait')
    // What is gone takes the keyboard's focus with it.
    if (link === document.activeElement) button.focus()
    link?.remove()
  }
  const lay = async (): Promise<Outcome> => {
    const { origin } = await foreignServer()
    const visit = crypto.randomUUID()
    const query = new URLSearchParams({ visit, at: location.origin, language: words.lab.language })
    const link = linkTo(`${origin}/bait?${query}`)
    link.addEventListener('click', () => taken(visit))
    withdraw()
    button.after(link)
    link.focus()
    return { tone: 'plain', text: words.attacks.csrf.ready }
  }
  button.addEventListener('click', () => prepare(lay))
  return withdraw
}

function linkTo(href: string): HTMLAnchorElement {
  const link = element('a', 'bait', words.attacks.csrf.link)
  return Object.assign(link, { href, target: '_blank', rel: 'noopener' })
}
