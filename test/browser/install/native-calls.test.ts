import { expect, test } from 'vitest'
import { type BenchOrigin, newBench } from '../../harness/bench.js'
import { pieces, streamAt } from '../streams/scripted.js'
import { compared, ended, type Recipe, tried } from './recorded.js'

const page = () => new DOMParser().parseFromString('<!doctype html><!-- a --><p>ä&amp;<br>', 'text/html')

/** What code goes through that wraps an object. */
function namesIn(object: object): string[] {
  const names: string[] = []
  for (const name in object) names.push(name)
  return names.sort()
}

/** More than what browsers look at to find out what it is. */
const LONG = 'a'.repeat(3000)
const TEXT = { type: 'text/plain', pieces: pieces('abc') }
const text = (api: BenchOrigin) => streamAt(api, TEXT, TEXT, TEXT, TEXT)

type Body = Parameters<XMLHttpRequest['send']>[0]
const bodies: Record<string, () => Body> = {
  text: () => 'grün',
  'an empty text': () => '',
  nothing: () => null,
  'a Blob with a type': () => new Blob(['a'], { type: 'a/b' }),
  'a Blob without': () => new Blob(['a']),
  'an ArrayBuffer': () => new Uint8Array([1, 2, 255]).buffer,
  'a view': () => new Uint8Array([1, 2, 255]).subarray(1),
  parameters: () => new URLSearchParams({ a: 'b c', ä: '&' }),
  'an HTML document': page,
  'an XML document': () => new DOMParser().parseFromString('<a b="ä"/>', 'text/xml'),
  'an object': () => Object({ a: 1 }),
  'a number': () => Object(7),
}

const post =
  (make: () => Body, type?: string, method = 'POST'): Recipe =>
  async (xhr, api) => {
    xhr.open(method, api.at('cors/200'))
    if (type) xhr.setRequestHeader('Content-Type', type)
    xhr.send(make())
    await ended(xhr)
    return xhr.status
  }

const sent = Object.entries(bodies).flatMap(([name, make]): [string, Recipe][] => [
  [name, post(make)],
  [`${name}, as latin1 JSON`, post(make, 'application/json; charset=latin1; a=b')],
])

const state: Recipe = async (xhr, api) => {
  const all: unknown[] = []
  const look = () => {
    all.push(
      tried(() => xhr.setRequestHeader('X-Own', '1')),
      tried(() => xhr.send()),
      tried(() => {
        xhr.responseType = ''
      }),
      tried(() => {
        xhr.withCredentials = false
      }),
      tried(() => xhr.overrideMimeType('text/plain')),
      tried(() => xhr.getAllResponseHeaders() !== ''),
      xhr.responseText !== '',
    )
  }
  look()
  xhr.open('GET', text(api))
  xhr.addEventListener('readystatechange', look)
  xhr.send()
  look()
  await ended(xhr)
  look()
  return all
}

const calls: Record<string, Recipe> = {
  'methods in small letters, and a rare one': async (xhr, api) => {
    for (const method of ['get', 'put', 'REPORT']) await post(() => 'a', undefined, method)(xhr, api)
  },
  'methods, addresses and headers that are none': async (xhr, api) => [
    tried(() => xhr.open('TRACE', api.at('echo'))),
    tried(() => xhr.open('a b', api.at('echo'))),
    tried(() => xhr.open('GET', 'https://:0')),
    tried(() => Reflect.apply(xhr.open, xhr, ['GET'])),
    tried(() => xhr.send()),
    tried(() => xhr.open('GET', api.at('echo'))),
    tried(() => xhr.setRequestHeader('a b', 'c')),
    tried(() => xhr.setRequestHeader('a', 'b\nc')),
    tried(() => xhr.setRequestHeader('Cookie', 'c')),
    xhr.readyState,
  ],
  'headers that are set twice, and those that only the browser sets': async (xhr, api) => {
    xhr.open('GET', `${text(api)}#part`)
    for (const name of ['X-Own', 'x-own', 'Host', 'Cookie', 'X-HTTP-Method-Override'])
      xhr.setRequestHeader(name, 'GET ')
    xhr.send()
    await ended(xhr)
  },
  'everything that throws in the wrong state': state,
  'a server that cannot be reached': async (xhr, api) => {
    xhr.open('GET', api.at('drop'))
    xhr.send()
    await ended(xhr)
    return [xhr.responseText, xhr.getAllResponseHeaders(), xhr.responseXML]
  },
  'an answer that breaks off': async (xhr, api) => {
    xhr.open('GET', streamAt(api, { type: 'text/plain', pieces: pieces(LONG, LONG), after: 'drop' }))
    xhr.send()
    await ended(xhr)
    return [xhr.responseText, xhr.getAllResponseHeaders(), xhr.responseXML]
  },
  'a time limit': async (xhr, api) => {
    xhr.open('GET', api.at('hang'))
    xhr.timeout = 150
    xhr.send()
    await ended(xhr)
    return xhr.timeout
  },
  'an abort while nothing has come': async (xhr, api) => {
    xhr.open('POST', api.at('hang'))
    xhr.send('a')
    xhr.abort()
    return [xhr.readyState, tried(() => xhr.send())]
  },
  'an abort while it comes': async (xhr, api) => {
    // One piece: how much of several has come at the first event is a matter of chance.
    const [first = ''] = pieces(LONG)
    xhr.open('GET', streamAt(api, { type: 'text/plain', pieces: [first], after: 'hold' }))
    xhr.onprogress = () => xhr.abort()
    xhr.send()
    await ended(xhr)
    return [xhr.readyState, xhr.responseText]
  },
  'an abort at the end, and before the start': async (xhr, api) => {
    xhr.abort()
    xhr.open('GET', text(api))
    xhr.send()
    await ended(xhr)
    xhr.abort()
    return [xhr.readyState, xhr.responseText, xhr.getAllResponseHeaders()]
  },
  'an abort in its own first event': async (xhr, api) => {
    xhr.open('POST', api.at('echo'))
    xhr.onloadstart = () => xhr.abort()
    xhr.send('a')
    return xhr.readyState
  },
  'one object for three requests, the first of which is given up': async (xhr, api) => {
    xhr.open('GET', api.at('hang'))
    xhr.setRequestHeader('X-Own', '1')
    xhr.send()
    // Not before the server has it, or it might never.
    await new Promise((resolve) => setTimeout(resolve, 300))
    xhr.open('GET', text(api))
    xhr.send()
    await ended(xhr)
    xhr.open('GET', text(api))
    const between = [xhr.readyState, xhr.status, xhr.responseText, xhr.responseURL]
    xhr.open('GET', text(api))
    xhr.responseType = 'arraybuffer'
    xhr.send()
    await ended(xhr)
    return [between, xhr.response.byteLength]
  },
  'one object for another origin in between': async (xhr, api) => {
    const elsewhere = newBench().foreign
    for (const at of [api, elsewhere, api]) {
      xhr.open('GET', text(at))
      xhr.send()
      await ended(xhr)
    }
    return (await elsewhere.log()).length
  },
  'handlers as attributes, called with the object itself': async (xhr, api) => {
    const all: unknown[] = []
    xhr.onload = function (event) {
      all.push(this === xhr, event.target === xhr, event.currentTarget === xhr, event.bubbles)
    }
    xhr.upload.onload = ({ target }) => void all.push(target === xhr.upload)
    await post(() => 'a')(xhr, api)
    return all
  },
  'what it is': async (xhr) => [
    `${xhr}`,
    xhr instanceof XMLHttpRequest,
    xhr instanceof class extends XMLHttpRequest {},
    namesIn(xhr),
    xhr instanceof EventTarget,
    xhr.upload instanceof XMLHttpRequestUpload,
    XMLHttpRequest.name,
    XMLHttpRequest.length,
    [XMLHttpRequest.DONE, xhr.LOADING],
    xhr.withCredentials,
    xhr.timeout,
    xhr.responseType,
    xhr.response,
  ],
}

test.for([...sent, ...Object.entries(calls)])('a request is as the browser’s own: %s', async ([, recipe]) => {
  const { ours, native } = await compared(recipe)
  expect(ours).toEqual(native)
})

test('a form arrives as the browser’s own, though nobody knows its length before', async () => {
  const form = new FormData()
  form.append('a', new File(['b'], 'c.txt', { type: 'text/plain' }))
  const { ours, native } = await compared(post(() => form))
  const counted = ({ steps, ...rest }: { steps: string[] }) => ({
    ...rest,
    steps: steps.filter((one) => !one.startsWith('upload')),
  })
  expect(counted(ours)).toEqual(counted(native))
})
