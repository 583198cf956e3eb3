import { part } from './dom.js'
import type english from './words/en.json'

/** All that the Lab says, in one language: what `words/en.json` holds. */
export type Words = typeof english

/** The words of the page's language, which the server puts into the page. */
export const words: Words = JSON.parse(part(document, '#words', HTMLScriptElement).text)

/** What an `error` code of the server's means. */
export function explained(error = 'unknown'): string {
  return new Map(Object.entries(words.lab.errors)).get(error) ?? words.lab.errors.unknown
}

/** The text with a value in the place of each `{name}`. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
