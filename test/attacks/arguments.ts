import { parseArgs } from 'node:util'
import { engines } from '../harness/engine.js'

export interface AttackArguments {
  readonly json: boolean
  /** Names of vitest's projects. */
  readonly where: string[]
}

const flags = { json: { type: 'boolean' }, engine: { type: 'string', multiple: true } } as const

const everywhere: readonly string[] = ['node', ...engines]

/** @throws TypeError with a sentence for whoever typed the command. */
export function parse(args: string[]): AttackArguments {
  const { json = false, engine = [...everywhere] } = parseArgs({ args, options: flags }).values
  const wrong = engine.find((name) => !everywhere.includes(name))
  if (wrong !== undefined) {
    throw new TypeError(`--engine must be one of ${everywhere.join(', ')}, not "${wrong}"`)
  }
  return { json, where: engine }
}
