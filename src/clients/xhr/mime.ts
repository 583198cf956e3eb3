/** A MIME type, taken apart: type and subtype in lower case, and its parameters. */
export interface Mime {
  readonly essence: string
  readonly parameters: ReadonlyMap<string, string>
}

/** What is believed where the caller has named a type that is none. */
export const UNKNOWN: Mime = { essence: 'application/octet-stream', parameters: new Map() }

/** What a body is taken for whose type nobody names. */
export const UNNAMED: Mime = { essence: 'text/xml', parameters: new Map() }

const TOKEN = "[\\w!#$%&'*+.^`|~-]+"

/**
 * `undefined` where it is none. Of a parameter that is there twice the first counts.
 * @see https://mimesniff.spec.whatwg.org/#parsing-a-mime-type
 */
export function mimeOf(text: string | null | undefined): Mime | undefined {
  const [essence = '', ...rest] = (text ?? '').split(';').map((part) => part.trim())
  if (!new RegExp(`^${TOKEN}/${TOKEN}$`).test(essence)) return undefined
  const parameters = new Map<string, string>()
  for (const part of rest) {
    const [, name = '', value = ''] = new RegExp(`^(${TOKEN})="?([^"]+)`).exec(part) ?? []
    const key = name.toLowerCase()
    if (key && !parameters.has(key)) parameters.set(key, value)
  }
  return { essence: essence.toLowerCase(), parameters }
}

/** @see https://mimesniff.spec.whatwg.org/#serializing-a-mime-type */
export function mimeText({ essence, parameters }: Mime): string {
  const quoted = (value: string) => (new RegExp(`^${TOKEN}$`).test(value) ? value : JSON.stringify(value))
  return [essence, ...Array.from(parameters, ([name, value]) => `${name}=${quoted(value)}`)].join(';')
}

export function isXml({ essence }: Mime): boolean {
  return /\+xml$|^(text|application)\/xml$/.test(essence)
}
