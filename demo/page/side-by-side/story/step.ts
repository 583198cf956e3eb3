import type { Way } from '../../ways/way.js'
import { words } from '../../word.js'

/** The steps of the story, in their order. */
export const steps = [
  'signIn',
  'call',
  'reload',
  'secondTab',
  'expiry',
  'refresh',
  'tamper',
  'foreign',
  'signOut',
] as const

export type Step = (typeof steps)[number]

/** A person has to open the second tab; all others run by themselves. */
export type OwnStep = Exclude<Step, 'secondTab'>

export const isOwnStep = (step: Step): step is OwnStep => step !== 'secondTab'

/** Why a step does not apply to a way. */
export function unfit(step: Step, { place, isRefreshable }: Way): string | undefined {
  if (step === 'tamper' && !place.tamper) return words.sideBySide.unfit.tamper
  if (step === 'refresh' && !isRefreshable) return words.sideBySide.unfit.refresh
  return undefined
}
