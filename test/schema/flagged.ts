import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv, type ErrorObject } from 'ajv'
import { type ConfigurationFault, configure, type JsonObject } from '../../src/index.js'

export const file: string = fileURLToPath(new URL('../../latchkey.schema.json', import.meta.url))

const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(
  JSON.parse(readFileSync(file, 'utf8')),
)

/** With dots, and to what is missing or unknown itself. */
function pathOf({ instancePath, params }: ErrorObject): string {
  const { missingProperty, additionalProperty, propertyName } = params
  const keys = instancePath.split('/').slice(1)
  const all = [...keys, missingProperty ?? additionalProperty ?? propertyName ?? []].flat()
  return all.map((key) => key || '""').join('.')
}

/** The places that an editor would underline, each once. */
export function flaggedByEditor(config: unknown): string[] {
  if (validate(config)) return []
  // What only says that another error is there, or why there is one, is none of its own.
  const isOwn = ({ keyword, propertyName }: ErrorObject) => keyword !== 'if' && propertyName === undefined
  const errors = validate.errors?.filter(isOwn) ?? []
  return [...new Set(errors.map(pathOf))].sort()
}

/** What `configure` throws, without what it says of the choice of an environment. */
export function thrownBy(config: unknown): TypeError | undefined {
  try {
    configure(config as JsonObject).dispose()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return error.message.startsWith('"environment"') ? undefined : error
  }
  return undefined
}

export function faultsIn(config: unknown): readonly ConfigurationFault[] {
  return (thrownBy(config)?.cause ?? []) as readonly ConfigurationFault[]
}

export function flaggedByLibrary(config: unknown): string[] {
  return faultsIn(config)
    .map(({ path }) => path)
    .sort()
}
