import { expect, test } from 'vitest'
import type { Scripted } from '../../bench-server/streams.js'
import { pieces, streamAt } from '../streams/scripted.js'
import { compared, ended, type Recipe, tried } from './recorded.js'

type Type = XMLHttpRequestResponseType

/** All that can be read of an answer. */
async function shown(xhr: XMLHttpRequest): Promise<unknown> {
  const { response } = xhr
  const isBlob = response instanceof Blob
  const isBuffer = response instanceof ArrayBuffer
  const isDocument = response instanceof Document
  return [
    // WebKit alone keeps the parameters.
    isBlob && [response.type.replace(/;.*/, ''), await response.text()],
    isBuffer && [...new Uint8Array(response)],
    isDocument && [response.contentType, response.documentElement.textContent],
    !isBlob && !isBuffer && !isDocument && response,
    // Chromium parses JSON anew each time.
    xhr.responseType === 'json' || xhr.response === response,
    tried(() => xhr.responseText),
    tried(() => xhr.responseXML?.documentElement.nodeName),
    tried(() => [xhr.responseXML].includes(xhr.responseXML)),
    xhr.getResponseHeader('Content-Type'),
    xhr.getResponseHeader('x-missing'),
    tried(() => xhr.getResponseHeader('not a name')),
    xhr.getAllResponseHeaders().replace(/\d{3,}/g, ''),
  ]
}

const get =
  (script: Scripted, type: Type = '', mime?: string): Recipe =>
  async (xhr, api) => {
    xhr.open('GET', streamAt(api, script))
    xhr.responseType = type
    if (mime) xhr.overrideMimeType(mime)
    xhr.send()
    await ended(xhr)
    return shown(xhr)
  }

const text = (type: string, ...parts: (string | readonly number[])[]): Scripted => ({
  type,
  pieces: pieces(...parts),
})
const types: Type[] = ['', 'text', 'json', 'blob', 'arraybuffer', 'document']
const bodies: Record<string, Scripted> = {
  'plain text': text('text/plain', 'grün'),
  'text in two pieces, cut within a character': text('text/plain; charset=utf-8', 'a', [0xe2, 0x82], [0xac]),
  JSON: text('application/json', '{"a":[1,"ä"]}'),
  'broken JSON': text('application/json', '{"a":'),
  'XML that names its encoding': text(
    'text/xml',
    '<?xml version="1.0" encoding="iso-8859-1"?><a>',
    [0xe4],
    '</a>',
  ),
  'XML that is broken': text('application/rss+xml', '<a><b></a>'),
  HTML: text('text/html; charset=ISO-8859-1', '<p>gr', [0xfc], 'n</p>'),
  'HTML that names its encoding': text('text/html', '<meta charset=iso-8859-1><p>gr', [0xfc], 'n'),
  'a byte order mark': text('text/plain; charset=iso-8859-1', [0xef, 0xbb, 0xbf], 'ä'),
  'UTF-16': text('text/plain; charset="UTF-16LE"', [0x61, 0, 0xac, 0x20]),
  'an encoding that nobody knows': text('text/plain; charset=nonsense', 'ä'),
  'no type that is one': text('nonsense', '<a/>'),
  nothing: text('text/plain'),
  'no content': { status: 204, type: 'text/plain' },
  'not found': { ...text('text/html', '<p>no'), status: 404 },
  'a length and headers': {
    ...text('text/plain', 'abc'),
    headers: {
      'Content-Length': '3',
      'X-Request-Id': 'a',
      ETag: 'b',
      Link: 'c',
      'Access-Control-Expose-Headers': '*',
    },
  },
}

const cases = Object.entries(bodies).flatMap(([name, script]) =>
  types.map((type) => [`${name} as '${type}'`, get(script, type)] as const),
)

test.for(cases)('an answer is as the browser’s own: %s', async ([, recipe]) => {
  const { ours, native } = await compared(recipe)
  expect(ours).toEqual(native)
})
