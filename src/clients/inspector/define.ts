import { createInspector } from './element.js'
import type { Inspected } from './panel.js'
import type { InspectorWords } from './words.js'

/** `<latchkey-inspector>`: what is known of instances and what happens to them, for development. It never has a credential. */
export interface InspectorElement extends HTMLElement {
  /** The instances, in the order in which they are shown. @default none */
  latchkeys: readonly Inspected[]
  /** What it says, where that is to be other than English. @default none */
  words: Partial<InspectorWords>
}

/**
 * Defines the custom element, once for a name, and returns its class. It is for a browser: a server has no `HTMLElement`. An
 * element that is removed listens to nothing any more, and begins anew when it is put back.
 * @param tag its name. @default 'latchkey-inspector'
 * @see https://html.spec.whatwg.org/multipage/custom-elements.html
 */
export function defineInspector(tag = 'latchkey-inspector'): new () => InspectorElement {
  if (!customElements.get(tag)) customElements.define(tag, createInspector())
  return customElements.get(tag) as new () => InspectorElement
}

/**
 * Shows these instances at the end of the page: removing the returned element ends it.
 * @throws TypeError if one of them is none
 */
export function inspect(...latchkeys: readonly Inspected[]): InspectorElement {
  const inspector = new (defineInspector())()
  inspector.latchkeys = latchkeys
  return document.body.appendChild(inspector)
}
