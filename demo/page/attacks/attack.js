// What script of the page's origin can find, however it came in. It knows the browser, and nothing of the library that
// keeps the credentials.

/** Everything that lies where script can read, each with its place. */
export async function search() {
  return [
    ...cookies(),
    ...inStorage('localStorage'),
    ...inStorage('sessionStorage'),
    ...(await inDatabases()),
  ]
}

/** Hears what the page sends from now on. Returns what ends it. */
export function listen(hear) {
  const { fetch } = globalThis
  const { open, setRequestHeader } = XMLHttpRequest.prototype
  const { set, append } = Headers.prototype
  globalThis.fetch = (input, init) => {
    hear({ where: 'fetch', text: textOf(input, init) })
    return fetch(input, init)
  }
  const heard = (where, native) =>
    function (...given) {
      hear({ where, text: given.join(' ') })
      return native.apply(this, given)
    }
  XMLHttpRequest.prototype.open = heard('XMLHttpRequest', open)
  XMLHttpRequest.prototype.setRequestHeader = heard('XMLHttpRequest', setRequestHeader)
  Headers.prototype.set = heard('Headers', set)
  Headers.prototype.append = heard('Headers', append)
  return () => {
    globalThis.fetch = fetch
    Object.assign(XMLHttpRequest.prototype, { open, setRequestHeader })
    Object.assign(Headers.prototype, { set, append })
  }
}

function textOf(input, init) {
  const isRequest = input instanceof Request
  const [url, headers] = isRequest ? [input.url, input.headers] : [input, new Headers(init?.headers)]
  return [url, ...headers].join(' ')
}

/** Acts as the user while the page is open: the browser brings the cookie, and script can read the CSRF token. */
export function act(path) {
  const [, token = ''] = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie) ?? []
  return fetch(path, { method: 'POST', headers: { 'X-XSRF-TOKEN': decodeURIComponent(token) } })
}

/** Acts with a token and the key that goes with it: what can't be taken away can still be used here (RFC 9449 s. 11.4). */
export async function actWithKey(path, token, { privateKey, jwk }) {
  const htu = new URL(path, location.href).href
  const ath = base64url(await crypto.subtle.digest('SHA-256', bytes(token)))
  const claims = { jti: crypto.randomUUID(), htm: 'POST', htu, iat: Math.floor(Date.now() / 1000), ath }
  const parts = [{ typ: 'dpop+jwt', alg: 'ES256', jwk }, claims].map((part) =>
    base64url(bytes(JSON.stringify(part))),
  )
  const signed = parts.join('.')
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes(signed))
  const headers = { Authorization: `DPoP ${token}`, DPoP: `${signed}.${base64url(signature)}` }
  return fetch(path, { method: 'POST', headers })
}

function bytes(text) {
  return new TextEncoder().encode(text)
}

function base64url(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function cookies() {
  const pairs = document.cookie.split('; ').map((pair) => pair.split('='))
  return pairs.map(([name, ...value]) => ({ where: `document.cookie › ${name}`, text: value.join('=') }))
}

function inStorage(name) {
  return Object.entries(globalThis[name]).map(([key, text]) => ({ where: `${name} › ${key}`, text }))
}

async function inDatabases() {
  const known = await indexedDB.databases()
  const found = await Promise.all(known.map(({ name }) => inDatabase(name)))
  return found.flat()
}

async function inDatabase(name) {
  const database = await settled(indexedDB.open(name))
  const stores = [...database.objectStoreNames]
  const found = await Promise.all(stores.map((store) => inStore(database, store)))
  database.close()
  return found.flat()
}

async function inStore(database, name) {
  const store = database.transaction(name).objectStore(name)
  const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())])
  const found = keys.map((key, at) => inValue(`IndexedDB › ${database.name} › ${name} › ${key}`, values[at]))
  return (await Promise.all(found)).flat()
}

/** A text as it is, and a key with its bits if the browser gives them away. */
async function inValue(where, value) {
  if (value instanceof CryptoKey) {
    const jwk = await crypto.subtle.exportKey('jwk', value).catch(() => undefined)
    return [{ where, text: '', key: value, jwk }]
  }
  if (typeof value !== 'object' || value === null) return [{ where, text: String(value) }]
  return (await Promise.all(Object.values(value).map((inside) => inValue(where, inside)))).flat()
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
