import { Window } from 'happy-dom'

const names = ['location', 'document', 'localStorage', 'sessionStorage', 'Request', 'Response', 'Headers']
const later = ['Blob', 'FormData', 'AbortController', 'AbortSignal', 'ReadableStream']

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const access_token = `${base64url({ alg: 'none' })}.${base64url({ sub: 'ada', iat: 1, exp: 901 })}.`

/** Makes what is global here that of a new page. */
export function openPage() {
  const window = new Window({ url: 'https://app.example.com/' })
  for (const name of [...names, ...later]) {
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true })
  }
}

/** One answer for all that a page of documents asks a server for: a token response, and somebody's name. */
globalThis.fetch = async () =>
  new Response(JSON.stringify({ access_token, refresh_token: 'r', expires_in: 900, name: 'Ada' }), {
    headers: { 'content-type': 'application/json' },
  })
