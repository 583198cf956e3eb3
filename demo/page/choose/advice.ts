import type { Configuration, EnvironmentData } from '../../../src/index.js'
import { type Answers, asked, type Kind, kindOf } from './answers.js'
import { codeFor } from './code.js'
import { ENVIRONMENTS, type Places } from './places.js'
import { type Reason, reasonsFor } from './reasons.js'
import { settingsFor } from './settings.js'

/** What to take, why, and what to write for it. */
export interface Advice {
  readonly kind: Kind
  readonly reasons: readonly Reason[]
  readonly configuration: Configuration
  /** The module that makes the instance of it. */
  readonly code: string
}

/** A function of the answers and the addresses alone. */
export function advise(answers: Answers, places: Places): Advice {
  const kind = kindOf(answers)
  return {
    kind,
    reasons: reasonsFor(answers),
    configuration: configurationFor(answers, places),
    code: codeFor(kind, asked(answers).includes('dpop') && answers.dpop === 'yes'),
  }
}

/** What is the same everywhere is said once, at the top. */
function configurationFor(answers: Answers, places: Places): Configuration {
  const each = ENVIRONMENTS.map((name) => ({
    name,
    ...places[name],
    own: settingsFor(answers, places[name]),
  }))
  const settings = each.map(({ own }) => own)
  return {
    $schema: './node_modules/latchkey/latchkey.schema.json',
    ...only(settings[0], (name) => isSame(settings, name)),
    environments: Object.fromEntries(
      each.map(({ name, host, own }) => [
        name,
        { hosts: [host], ...only(own, (setting) => !isSame(settings, setting)) },
      ]),
    ),
  }
}

function isSame(all: readonly EnvironmentData[], name: string): boolean {
  return (
    new Set(all.map((one) => JSON.stringify(Object.entries(one).find(([key]) => key === name)))).size === 1
  )
}

function only(settings: EnvironmentData = {}, isWanted: (name: string) => boolean): EnvironmentData {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => isWanted(name)))
}
