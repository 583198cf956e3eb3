import { address } from '../address.js'
import { ascii } from './ascii.js'
import { cardOf } from './card.js'
import { offerCount } from './count.js'
import { offerIdle } from './idle.js'
import { origin } from './origin.js'
import { offerRestart } from './restart.js'
import { size } from './size.js'
import { offerTabs } from './tabs.js'

/** Fills the section, when it is first shown. */
export function open(root: HTMLElement): void {
  const { detail } = address()
  const [, , openedBy] = location.hash.split('/')
  cardOf(root, 'size').on('try', size)
  cardOf(root, 'ascii').on('try', ascii)
  offerCount(cardOf(root, 'count'))
  offerRestart(cardOf(root, 'restart'))
  offerIdle(cardOf(root, 'idle'))
  offerTabs(cardOf(root, 'tabs'), openedBy)
  cardOf(root, 'origin').on('try', origin)
  document.getElementById(`limit-${detail}`)?.scrollIntoView()
}
