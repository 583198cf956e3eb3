import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const page: string = fileURLToPath(new URL('../../demo/page/', import.meta.url))

/** A file of the Lab's page. */
export function pageFile(path: string): string {
  return readFileSync(page + path, 'utf8')
}

/** The sections by their names in the address, as the page lists them. */
export const sections: readonly string[] = [
  ...pageFile('index.html').matchAll(/<a href="#([\w-]+)"[^>]*>\{\{/g),
].flatMap(([, name = '']) => name)
