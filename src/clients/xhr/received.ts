import { decoderFor } from './decoder.js'
import { isXml, type Mime } from './mime.js'

/** A body as it arrives. */
export interface Received {
  add(bytes: Uint8Array<ArrayBuffer>): void
  /** The text so far. */
  text(): string
  /** All of it, as the response type asks; `null` where it is not that. */
  value(): unknown
  /** As a document, if it is one. */
  document(): Document | null
}

export function createReceived(type: XMLHttpRequestResponseType, mime: Mime): Received {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  const isText = type === '' || type === 'text'
  let decoder: TextDecoder | undefined
  let text = ''
  // Browsers leave the parameters out.
  const blob = () => new Blob(chunks, { type: mime.essence })
  const bytes = () => {
    const all = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0))
    let at = 0
    for (const chunk of chunks) {
      all.set(chunk, at)
      at += chunk.length
    }
    return all
  }
  let page: Document | null | undefined
  const document = () => {
    page ??= parsed(isText ? text : decoderFor(bytes(), mime, type).decode(bytes()), mime, type)
    return page
  }
  const makers = {
    arraybuffer: () => bytes().buffer,
    blob,
    json: () => jsonOf(new TextDecoder().decode(bytes())),
    document,
  }
  return {
    add(chunk) {
      if (!isText) return void chunks.push(chunk)
      decoder ??= decoderFor(chunk, mime, type)
      text += decoder.decode(chunk, { stream: true })
    },
    text: () => text,
    value() {
      if (decoder) text += decoder.decode()
      decoder = undefined
      return type === '' || type === 'text' ? text : makers[type]()
    },
    document,
  }
}

/** What a document's own type can be. */
const XML = /^(text\/xml|application\/(xhtml\+)?xml|image\/svg\+xml)$/

/** The parser's error is not kept: it would quote the text. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * HTML is made a document only where that was asked for. Where Trusted Types are required, text is none: the
 * browser's own parser is reached by a native request alone.
 */
function parsed(text: string, mime: Mime, type: XMLHttpRequestResponseType): Document | null {
  const isHtml = mime.essence === 'text/html' && type === 'document'
  if (!text || !('DOMParser' in globalThis) || !(isHtml || isXml(mime))) return null
  try {
    const known = isHtml || XML.test(mime.essence) ? mime.essence : 'application/xml'
    const page = new DOMParser().parseFromString(text, known as DOMParserSupportedType)
    return page.querySelector('parsererror') ? null : page
  } catch {
    return null
  }
}
