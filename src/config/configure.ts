import { createLatchkey, type Latchkey, type LatchkeyOptions } from '../latchkey.js'
import { must, own, withDefaults } from '../options.js'
import { createOrigins } from '../request/origins.js'
import type { SessionResponse, TokenResponse } from '../types.js'
import type { Configuration, JsonObject } from './configuration.js'
import { copied } from './copied.js'
import {
  chosen,
  claimedTwice,
  type Data,
  type Environment,
  environmentsIn,
  isObject,
  noneChosen,
} from './environments.js'
import { type Fault, wrongIn } from './faults.js'
import { lacking } from './lacking.js'
import { parsed } from './schema.js'
import { type MadeSettings, type Schemas, schemas } from './settings.js'

type Given = TokenResponse | SessionResponse

/** What data can't express. All but `environment` are options of `createLatchkey`, and stand over the data's. */
export interface ConfigureOptions
  extends Pick<
    LatchkeyOptions<Given>,
    'refresh' | 'isAuthFailure' | 'subject' | 'fetch' | 'now' | 'indexedDB' | 'locks' | 'channel'
  > {
  /**
   * The environment's name, such as `import.meta.env.MODE`.
   * @default the one of which this page's host is
   */
  environment?: string | undefined
}

/**
 * Makes an instance of data: of the settings at the top and, where there are environments, of those of the one that is
 * named, or that has this page's host. It writes on nothing that it is given, and keeps a copy.
 *
 * All of it is checked, the other environments', too, and all that is wrong is said at once. A value is never quoted.
 *
 * @throws TypeError that begins with `"config"` and has a line for each place: its path and what it must be. Its `cause`
 * is the list of them, as {@link ConfigurationFault}. Also one that begins with `"environment"` and says which there are.
 * @example
 * configure(config, { environment: import.meta.env.MODE })
 */
export function configure(
  config: Configuration | JsonObject,
  options: ConfigureOptions = {},
): Latchkey<TokenResponse | SessionResponse> {
  const { environment: name, ...more } = withDefaults('configure', options, OPTIONS)
  must('config', isObject(config), 'be an object')
  const { data, faults } = copied(config)
  const environments = environmentsIn(data)
  const one = chosen(environments, name)
  const { indexedDB, now } = more
  const { made, found } = read(schemas({ indexedDB, now }), data, one)
  const all = [...faults, ...found, ...lacking(data, environments), ...claimedTwice(environments)]
  if (all.length) throw wrongIn(all)
  must('environment', !name || 'environments' in data, 'not be given where "config" has none')
  if ('environments' in data && !one) noneChosen(environments, name)
  return instanceOf(made, one?.name, more)
}

const OPTIONS = {
  environment: '',
  refresh: undefined,
  isAuthFailure: undefined,
  subject: undefined,
  fetch: undefined,
  now: undefined,
  indexedDB: undefined,
  locks: undefined,
  channel: undefined,
}

/** What is made for one environment, and what is wrong in any. */
function read(
  schema: Schemas,
  data: Data,
  one: Environment | undefined,
): { made: MadeSettings; found: Fault[] } {
  const ofAll = parsed(schema.root, data)
  const ofEach = environmentsIn(data).map(({ name, given }) => {
    const { value, faults } = parsed(schema.environment, given)
    const within = faults.map((fault) => ({ ...fault, path: ['environments', name, ...fault.path] }))
    return { value: name === one?.name ? value : {}, faults: within }
  })
  const found = [ofAll, ...ofEach].flatMap(({ faults }) => faults).filter((fault) => isHere(fault, one))
  return { made: Object.assign({}, ofAll.value, ...ofEach.map(({ value }) => value)), found }
}

/** What is wrong on this page alone matters where it is of use here. */
function isHere({ path: [room = '', owner], isOfPage }: Fault, one: Environment | undefined): boolean {
  if (!isOfPage) return true
  return room === 'environments' ? owner === one?.name : one === undefined || !(room in one.data)
}

function instanceOf(
  made: MadeSettings,
  environment: string | undefined,
  more: Omit<ConfigureOptions, 'environment'>,
): Latchkey<Given> {
  const { strategy: described, migrateFrom = [], refresh, ...rest } = own(made)
  const { $schema, environments, hosts, allowedOrigins = [], ...settings } = rest
  // Both are there: what lacks them was a fault.
  const { strategy, dpop } = described as NonNullable<typeof described>
  const { first } = createOrigins(allowedOrigins, settings.allowInsecureOrigins === true)
  return createLatchkey<Given>(
    own({
      name: environment === undefined ? undefined : `${environment}.${first}`,
      ...settings,
      strategy,
      allowedOrigins,
      migrateFrom: migrateFrom.map((earlier) => earlier.strategy),
      ...more,
      refresh: more.refresh === undefined ? refresh?.(dpop) : more.refresh,
    }),
  )
}
