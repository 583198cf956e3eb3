import { parseArgs } from 'node:util'
import { defaults, type StormOptions, stormEngines, strategies } from './options.js'

export interface StormArguments extends StormOptions {
  readonly json: boolean
}

const flags = {
  tabs: { type: 'string' },
  requests: { type: 'string' },
  rounds: { type: 'string' },
  strategy: { type: 'string' },
  delay: { type: 'string' },
  life: { type: 'string' },
  engine: { type: 'string' },
  'no-locks': { type: 'boolean' },
  dpop: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

function number<T>(name: string, value: string | undefined, or: T, least: number): number | T {
  if (value === undefined) return or
  if (!/^\d{1,6}$/.test(value) || Number(value) < least)
    throw new TypeError(`--${name} must be a whole number from ${least} to 999999, not "${value}"`)
  return Number(value)
}

function oneOf<T extends string>(name: string, value: string | undefined, or: T, all: readonly T[]): T {
  if (value === undefined) return or
  const found = all.find((candidate) => candidate === value)
  if (!found) throw new TypeError(`--${name} must be one of ${all.join(', ')}, not "${value}"`)
  return found
}

const byScript: readonly string[] = ['jwt-local', 'jwt-session', 'token']

/** @throws TypeError with a sentence for whoever typed the command. */
export function parse(args: string[]): StormArguments {
  const { values } = parseArgs({ args, options: flags })
  if (values.dpop && !byScript.includes(values.strategy ?? defaults.strategy))
    throw new TypeError(`--dpop goes with --strategy ${byScript.join(', ')}: cookies carry no proof`)
  return {
    tabs: number('tabs', values.tabs, defaults.tabs, 1),
    requests: number('requests', values.requests, defaults.requests, 1),
    rounds: number('rounds', values.rounds, defaults.rounds, 1),
    strategy: oneOf('strategy', values.strategy, defaults.strategy, strategies),
    delayMs: number('delay', values.delay, defaults.delayMs, 0),
    accessTokenSeconds: number('life', values.life, undefined, 1),
    engine: oneOf('engine', values.engine, defaults.engine, stormEngines),
    noLocks: values['no-locks'] ?? false,
    dpop: values.dpop ?? false,
    json: values.json ?? false,
  }
}
