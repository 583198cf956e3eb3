import { must } from '../options.js'

/**
 * The URL that `fetch` would ask. Its text is read once.
 * @throws TypeError if there is none
 */
export function resolved(url: string | URL): URL {
  const [text, base] = [String(url), globalThis.document?.baseURI ?? globalThis.location?.href]
  must('url', URL.canParse(text, base), 'be a URL')
  return new URL(text, base)
}
