import { mimeOf, mimeText } from './mime.js'
import type { Plan } from './plan.js'

/** What a request begins with. */
export interface SentBody {
  readonly body: BodyInit | null
  /** In bytes; 0 where nobody knows, as with a form. */
  readonly size: number
}

/** What is passed on as it is; all else is text (Web IDL, XMLHttpRequestBodyInit). */
const AS_IT_IS = /^\[object (Blob|File|FormData|ArrayBuffer)\]$/

/**
 * What `send` was given, as `fetch` takes it. Text is always sent in UTF-8, whatever `charset` the caller has named, so
 * the header is made to say so.
 * @see https://xhr.spec.whatwg.org/#dom-xmlhttprequest-send
 */
export function sentBody(given: unknown, { method, headers }: Plan): SentBody {
  if (given === null || given === undefined || /^(GET|HEAD)$/i.test(method)) return { body: null, size: 0 }
  if (ArrayBuffer.isView(given) || AS_IT_IS.test(Object.prototype.toString.call(given))) {
    const { size, byteLength } = Object(given)
    return { body: given as BodyInit, size: size ?? byteLength ?? 0 }
  }
  const isDocument = 'Document' in globalThis && given instanceof Document
  const body = isDocument ? documentText(given) : String(given)
  if (isDocument) mayBe(headers, given.contentType === 'text/html' ? 'text/html' : 'application/xml')
  if (given instanceof URLSearchParams) mayBe(headers, 'application/x-www-form-urlencoded')
  mustBeUtf8(headers)
  return { body, size: new TextEncoder().encode(body).length }
}

function documentText(page: Document): string {
  const serializer = new XMLSerializer()
  if (page.contentType !== 'text/html') return serializer.serializeToString(page)
  const one = (node: Node) => (node instanceof Element ? node.outerHTML : serializer.serializeToString(node))
  return Array.from(page.childNodes, one).join('')
}

function mayBe(headers: Headers, essence: string): void {
  if (!headers.has('content-type')) headers.set('content-type', `${essence};charset=UTF-8`)
}

function mustBeUtf8(headers: Headers): void {
  const mime = mimeOf(headers.get('content-type'))
  const charset = mime?.parameters.get('charset')
  if (!mime || charset === undefined || /^utf-8$/i.test(charset)) return
  const parameters = new Map([...mime.parameters, ['charset', 'UTF-8']])
  headers.set('content-type', mimeText({ ...mime, parameters }))
}
