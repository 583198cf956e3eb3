import { currentTag, instanceOf } from './config/script-tag.js'
import * as latchkey from './index.js'

type Instance = ReturnType<typeof instanceOf>

/** Makes and installs what the tag asks for. What is wrong there goes to the page as an uncaught error, when the global is there. */
function started(tag: HTMLScriptElement | undefined): Instance {
  try {
    const instance = tag && instanceOf(tag)
    if (instance && tag.hasAttribute('data-install')) latchkey.install(instance)
    return instance
  } catch (error) {
    queueMicrotask(() => reportError(error))
    return undefined
  }
}

const instance: Instance = started(currentTag())

/** What the script tag's global is beside the package's exports. */
interface ScriptTag {
  /** What the tag's `data-*` attributes describe; `undefined` where there are none, or they are wrong. */
  readonly instance: Instance
  /** Installs the tag's own instance unless another is given. */
  install(given?: Parameters<typeof latchkey.install>[0]): void
}

/** The script tag's global `Latchkey`: everything that the package exports, frozen, and the tag's instance. */
export default Object.freeze({
  ...latchkey,
  instance,
  install: (given = instance) => latchkey.install(given as NonNullable<Instance>),
}) as Readonly<Omit<typeof latchkey, 'install'>> & ScriptTag
