import { must } from '../../options.js'
import type { InspectorElement } from './define.js'
import type { Inspected } from './panel.js'
import { css } from './style.js'
import { createView } from './view.js'
import { type InspectorWords, wordsWith } from './words.js'

/** Made when it is asked for, since a server has no `HTMLElement` to inherit from. */
export function createInspector(): new () => InspectorElement {
  // What a policy for styles has nothing against (CSP3 s. 6.7.3): text in the page it would refuse.
  const style = new CSSStyleSheet()
  style.replaceSync(css)

  return class extends HTMLElement implements InspectorElement {
    #root = this.attachShadow({ mode: 'open' })
    #latchkeys: readonly Inspected[] = []
    #words: Partial<InspectorWords> = {}
    #stop = () => {}

    constructor() {
      super()
      this.#root.adoptedStyleSheets = [style]
      for (const name of ['latchkeys', 'words']) setAnew(this, name)
    }
    get latchkeys() {
      return this.#latchkeys
    }
    set latchkeys(given) {
      const latchkeys = checked(given ?? [])
      // A framework sets a new list for each rendering.
      const isSame = latchkeys.every((one, at) => one === this.#latchkeys[at])
      if (isSame && latchkeys.length === this.#latchkeys.length) return
      this.#latchkeys = latchkeys
      this.#show()
    }
    get words() {
      return this.#words
    }
    set words(given) {
      const words = Object.freeze({ ...given })
      // So it does with words.
      if (textOf(words) === textOf(this.#words)) return
      this.#words = words
      this.#show()
    }
    connectedCallback() {
      this.#show()
    }
    disconnectedCallback() {
      this.#show()
    }
    #show() {
      this.#stop()
      this.#stop = this.isConnected
        ? createView(this.#root, this.#latchkeys, wordsWith(this.#words))
        : () => {}
    }
  }
}

/** What was set on an element before it was defined would lie before the accessors. */
function setAnew(element: HTMLElement, name: string): void {
  if (!Object.hasOwn(element, name)) return
  const given: unknown = Reflect.get(element, name)
  Reflect.deleteProperty(element, name)
  Reflect.set(element, name, given)
}

function checked(given: readonly Inspected[]): readonly Inspected[] {
  const isOne = (one: Partial<Inspected> | undefined) =>
    typeof one?.subscribe === 'function' && typeof one.fingerprint === 'function'
  const isList = Array.isArray(given) && given.every(isOne)
  must('latchkeys', isList, 'be a list of what createLatchkey returns')
  return Object.freeze([...given])
}

function textOf(words: Partial<InspectorWords>): string {
  return JSON.stringify(wordsWith(words))
}
