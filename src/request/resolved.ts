import { must, optional } from '../options.js'

/**
 * The URL that `fetch` would ask. Its text is read once.
 * @throws TypeError if there is none
 */
export function resolved(input: RequestInfo | URL): URL {
  // A Request of another frame is one, too, though no instance of this one's class.
  const url = optional(Object(input) as Partial<Request>, 'url') ?? input
  const [text, base] = [String(url), globalThis.document?.baseURI ?? globalThis.location?.href]
  must('url', URL.canParse(text, base), 'be a URL')
  return new URL(text, base)
}
