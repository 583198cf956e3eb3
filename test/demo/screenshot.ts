import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../.screenshots/', import.meta.url))

/** The path of a screenshot of that name, in a folder that git does not see. */
export function screenshot(name: string): string {
  mkdirSync(folder, { recursive: true })
  return folder + name
}
