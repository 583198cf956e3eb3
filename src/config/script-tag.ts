import type { Latchkey } from '../latchkey.js'
import { optional, own } from '../options.js'
import type { SessionResponse, TokenResponse } from '../types.js'
import type { JsonObject } from './configuration.js'
import { configure } from './configure.js'
import { isObject } from './environments.js'
import { type ConfigurationFault, type Fault, saidIn, wrongIn } from './faults.js'
import { attribute, isDescribed, ofAttribute, settingsIn, wrongAttributes } from './tag-attributes.js'

type Instance = Latchkey<TokenResponse | SessionResponse>
type Faults = (Fault | ConfigurationFault)[]

/** The tag of the script that runs now, unless some other element of the page has taken its place by its name. */
export function currentTag(): HTMLScriptElement | undefined {
  // A worker has no elements.
  const tag: unknown = globalThis.document?.currentScript
  return tag && tag instanceof HTMLScriptElement ? tag : undefined
}

/**
 * Makes the instance that the tag's `data-*` attributes describe; without any of them, none.
 * @throws TypeError that says all that is wrong, as `configure` does, by the attributes' names
 */
export function instanceOf(tag: HTMLScriptElement): Instance | undefined {
  if (!isDescribed(tag)) return undefined
  const faults: Faults = wrongAttributes(tag)
  const id = attribute(tag, 'config')
  const config = id === null ? settingsIn(tag) : blockOf(id)
  if (!config) faults.push({ path: ['data-config'], must: BLOCK })
  const instance = config && made(config, tag, faults)
  if (!faults.length) return instance
  instance?.dispose()
  throw wrongIn(faults)
}

const BLOCK =
  'be "#" and the id of a <script type="application/json"> before this tag, which holds a JSON object'

/**
 * No other element than a script is read: what a page lets others write may hold elements with any id, but no scripts.
 * The parser's error is not kept, since it quotes what it could not read.
 */
function blockOf(id: string): JsonObject | undefined {
  const block = id.startsWith('#') && document.getElementById(id.slice(1))
  if (!(block instanceof HTMLScriptElement)) return undefined
  try {
    const config: unknown = JSON.parse(block.text)
    return isObject(config) ? (config as JsonObject) : undefined
  } catch {
    return undefined
  }
}

/** What `configure` finds is told with the other faults. */
function made(config: JsonObject, tag: HTMLScriptElement, faults: Faults): Instance | undefined {
  try {
    return configure(config, own({ environment: attribute(tag, 'environment') ?? undefined }))
  } catch (error) {
    faults.push(...foundIn(error, attribute(tag, 'config') !== null))
    return undefined
  }
}

function foundIn(error: unknown, isBlock: boolean): Readonly<Faults> {
  const found = optional(Object(error), 'cause') as readonly ConfigurationFault[] | undefined
  if (!found) return [{ path: ['data-environment'], must: saidIn(error).must }]
  return isBlock ? found : found.map(ofAttribute)
}
