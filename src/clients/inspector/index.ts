export { defineInspector, type InspectorElement, inspect } from './define.js'
export type { Inspected } from './panel.js'
export type { InspectorWords } from './words.js'
