import { completed } from '../latchkey-options.js'
import { createOrigins } from '../request/origins.js'
import { memoryStrategy } from '../strategies/memory.js'
import type { Configuration, ConfigurationSettings, EnvironmentData } from './configuration.js'
import { mustBeHost } from './environments.js'
import type { Seams } from './placements.js'
import { type MakeRefresh, refreshes } from './refreshes.js'
import {
  anything,
  choice,
  type Fields,
  flag,
  listOf,
  maybe,
  numeric,
  type Schema,
  settings,
  someOf,
  text,
} from './schema.js'
import { type Described, strategies } from './strategies.js'

/** What is made of the settings at the top or of one environment's. */
export type MadeSettings = {
  readonly strategy?: Described
  readonly migrateFrom?: readonly Described[]
  readonly refresh?: MakeRefresh
} & Omit<Configuration & EnvironmentData, 'strategy' | 'migrateFrom' | 'refresh'>

/** The settings at the top, and those of an environment. */
export interface Schemas {
  readonly root: Schema<MadeSettings>
  readonly environment: Schema<MadeSettings>
}

/** What may be set, and how it is checked: as whoever takes it does. */
export function schemas(seams: Seams): Schemas {
  const strategy = strategies(seams)
  const fields = {
    strategy: maybe(strategy),
    allowedOrigins: maybe(someOf(text((origin) => createOrigins([origin], true), ORIGIN))),
    refresh: maybe(refreshes()),
    migrateFrom: maybe(listOf(strategy)),
    name: maybe(text()),
    onForeignOrigin: maybe(choice(['send-bare', 'reject'])),
    allowInsecureOrigins: maybe(flag()),
    storageTimeoutSeconds: maybe(seconds('storageTimeoutSeconds')),
    refreshTimeoutSeconds: maybe(seconds('refreshTimeoutSeconds')),
    refreshBeforeSeconds: maybe(seconds('refreshBeforeSeconds')),
    keepFresh: maybe(flag()),
    idleTimeoutSeconds: maybe(seconds('idleTimeoutSeconds', 'more than 0')),
  } satisfies Fields<ConfigurationSettings>
  const hosts = maybe(someOf(text(mustBeHost)))
  const atTop = { $schema: maybe(text()), environments: maybe(anything()) }
  return {
    root: settings({ ...fields, ...atTop } satisfies Fields<Configuration>) as Schema<MadeSettings>,
    environment: settings({ ...fields, hosts } satisfies Fields<EnvironmentData>) as Schema<MadeSettings>,
  }
}

const ORIGIN = 'be "self" or an origin such as "https://api.example.com", without a pattern'

type Duration = Extract<keyof ConfigurationSettings, `${string}Seconds`>

function seconds(name: Duration, least = 'not negative'): Schema<number> {
  const [strategy, allowedOrigins] = [memoryStrategy(), ['self']]
  return numeric(
    (value) => completed({ strategy, allowedOrigins, [name]: value }),
    `be a number of seconds: ${least}, and less than 2000000`,
  )
}
