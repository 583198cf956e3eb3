const url = `${location.origin}/api/items`
const native = fetch
let last

/** Builds a `Request` from what it is given, as the browser's own does: what wraps it should pay for no more than that. */
async function stub(input, init) {
  last = new Request(input, init)
  if (!last.url.startsWith(url)) return native(last)
  return new Response()
}

// Before the peer is loaded, which may keep the `fetch` it finds.
if (location.search === '?stub') globalThis.fetch = stub

const post = { method: 'POST', body: JSON.stringify({ name: 'a'.repeat(200) }) }
const json = { 'Content-Type': 'application/json' }

const inputs = {
  string: (call, init) => () => call(url, init),
  URL: (call, init) => () => call(new URL(url), init),
  Request: (call, init) => () => call(new Request(url, init)),
}

/** What is compared with: the same request, by hand. A cookie goes by itself. */
function bareCalls(bare, headers) {
  return {
    string: (init) => () => bare(url, { ...init, headers: { ...init?.headers, ...headers } }),
    URL: (init) => () => bare(new URL(url), { ...init, headers: { ...init?.headers, ...headers } }),
    Request: (init) => () => {
      const request = new Request(url, init)
      for (const name in headers) request.headers.set(name, headers[name])
      return bare(request)
    },
  }
}

/** Microseconds a request. */
async function timed(call, requests, concurrent, isRead) {
  const read = async () => {
    const answer = await call()
    if (answer.bodyUsed === false) await answer.text()
  }
  const one = isRead ? read : call
  const start = performance.now()
  if (concurrent === 1) for (let n = 0; n < requests; n++) await one()
  else
    for (let n = 0; n < requests; n += concurrent)
      await Promise.all(Array.from({ length: concurrent }, () => one()))
  return ((performance.now() - start) * 1000) / requests
}

/** Whoever sends less than it should would look quick. */
async function prove(peer, call, headers) {
  await call(url)
  const sent = Object.keys(headers).every((name) => last.headers.get(name) === headers[name])
  if (!sent) throw new Error('it attached no token')
  if (!peer.csrfHeader) return
  await call(url, { ...post, headers: json })
  if (!last.headers.has(peer.csrfHeader)) throw new Error('it attached no CSRF token')
}

/** Has a peer and the bare call run side by side in this page. */
export async function contend(peer, { tokens, isStubbed }) {
  const bare = globalThis.fetch
  await peer.store?.(tokens, location.origin)
  const ours = await peer.open(location.origin)
  const headers = peer.sends === 'cookie' ? {} : { Authorization: `Bearer ${tokens.access_token}` }
  const callsOf = ({ method, input }) => {
    const init = method === 'POST' ? { ...post, headers: json } : undefined
    return { bare: bareCalls(bare, headers)[input](init), ours: inputs[input](ours, init) }
  }
  // What sends by XMLHttpRequest does not come to the stub.
  if (isStubbed && peer.sends !== 'XHR') await prove(peer, ours, headers)
  const slice = (calls, who, cell, requests) => timed(calls[who], requests, cell.concurrent, !isStubbed)
  return {
    /** A sample of each: both in turn, so often that what disturbs a few slices is not in the middle one. */
    async pair(cell, requests, isTurned) {
      const calls = callsOf(cell)
      const order = isTurned ? ['ours', 'bare'] : ['bare', 'ours']
      const slices = { bare: [], ours: [] }
      for (let n = 0; n < SLICES; n++)
        for (const who of order) slices[who].push(await slice(calls, who, cell, requests))
      return { bare: middle(slices.bare), ours: middle(slices.ours) }
    },
    /** Until it is compiled, which browsers do after some thousand requests; says how long a request takes then. */
    async warm(cell, requests) {
      const calls = callsOf(cell)
      for (const who of ['bare', 'ours']) {
        const end = performance.now() + WARMING_MS
        do await slice(calls, who, cell, requests)
        while (performance.now() < end)
      }
      return slice(calls, 'ours', cell, requests)
    },
  }
}

const SLICES = 5
const WARMING_MS = 100

const middle = (values) => values.toSorted((a, b) => a - b)[(values.length - 1) / 2]
