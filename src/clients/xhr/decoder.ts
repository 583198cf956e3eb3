import { isXml, type Mime } from './mime.js'

/**
 * How the bytes of a text are read: a byte order mark says more than the MIME type, and that more than the text itself.
 * @see https://xhr.spec.whatwg.org/#text-response
 */
export function decoderFor(start: Uint8Array, mime: Mime, type: XMLHttpRequestResponseType): TextDecoder {
  const named = [marked(start), mime.parameters.get('charset')]
  if (type !== 'text') named.push(declared(start, mime, type))
  for (const name of named) {
    const decoder = name && knownDecoder(name)
    if (decoder) return decoder
  }
  return new TextDecoder()
}

function marked([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined
}

function declared(start: Uint8Array, mime: Mime, type: XMLHttpRequestResponseType): string | undefined {
  const text = new TextDecoder('latin1').decode(start.subarray(0, 1024))
  if (isXml(mime)) return /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)/.exec(text)?.[1]
  return type === 'document' ? /<meta[^>]+charset\s*=\s*["']?([^\s"'/>]+)/i.exec(text)?.[1] : undefined
}

function knownDecoder(name: string): TextDecoder | undefined {
  try {
    return new TextDecoder(name)
  } catch {
    return undefined
  }
}
