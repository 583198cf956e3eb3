// An ESM page has no global.
const library = globalThis.Latchkey ?? (await import('./esm/index.js'))

const { connect } = Object.fromEntries(new URLSearchParams(location.search))
const here = (path) => new URL(path, location.href).href
const there = (path) => `${connect}${new URL(path, location.href).pathname}`
const expires_in = 3600
const jwt = (turn) =>
  ['{"alg":"none"}', JSON.stringify({ sub: 'ada', turn }), ''].map(btoa).join('.').replace(/=/g, '')
const token = { access_token: jwt(1), refresh_token: 'r', expires_in }

const oauth = library.oauthRefresh({ tokenEndpoint: there('token'), clientId: 'web' })
const renewed = async () => ({ ...token, access_token: jwt(2) })
const proof = library.dpop()
const bound = { ...token, token_type: 'DPoP' }
const extended = async () => ({ expires_in })

const { csrfCookie, csrfMeta, csrfEndpoint, csrfResponseHeader } = library
const { sessionStrategy, cookieStrategy, jwtStrategy, tokenStrategy, memoryStrategy, storeChain } = library
const header = 'X-CSRF-Token'
// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every engine
document.cookie = 'csrf=from-the-cookie'

/** Each way to keep a credential, what signs in there, and what renews it. */
const ways = [
  [sessionStrategy({ csrf: csrfCookie({ cookie: 'csrf', header }), probe: here('echo') }), {}, extended],
  [sessionStrategy({ csrf: csrfMeta({ name: 'csrf-token', header }) }), {}, extended],
  [sessionStrategy({ csrf: csrfEndpoint({ url: here('csrf'), field: 'token', header }) }), {}, extended],
  [sessionStrategy({ csrf: csrfResponseHeader({ header }), subjectCookie: 'csrf' }), {}, extended],
  [cookieStrategy({ name: 'kept', csrf: csrfCookie({ cookie: 'csrf', header }) }), token, oauth],
  [jwtStrategy({ storage: 'local' }), token, renewed],
  [jwtStrategy({ storage: 'session', placement: library.header('X-Token') }), token, renewed],
  [jwtStrategy({ storage: library.encrypted('local') }), token, renewed],
  [tokenStrategy({ placement: proof }), bound, async () => bound],
  [tokenStrategy({ placement: library.query('access_token') }), token, oauth],
  [tokenStrategy({ storage: storeChain(['indexedDB', 'local', 'memory']) }), token, oauth],
  [memoryStrategy(), token, oauth],
]

/** The first event of a stream, and the first word of a socket. */
async function heard(latchkey) {
  const source = latchkey.eventSource(here('ticking/1/1'))
  const event = await new Promise((resolve) => source.addEventListener('message', resolve))
  source.close()
  const ticket = async () => 'a ticket that nobody knows'
  const socket = await latchkey.webSocket(here('socket/message'), { ticket })
  const { code } = await new Promise((resolve) => socket.addEventListener('close', resolve))
  return `${event.data} ${code}`
}

/** From the first look-up to the end; what the servers have answered. */
async function live([strategy, credential, refresh], turn) {
  const options = { refresh, keepFresh: true, idleTimeoutSeconds: 600, onForeignOrigin: 'reject' }
  const allowedOrigins = ['self', connect]
  const latchkey = library.createLatchkey({ strategy, name: `life-${turn}`, allowedOrigins, ...options })
  latchkey.subscribe(() => {})
  await latchkey.ready()
  await latchkey.set(credential)
  const own = await latchkey.fetch(here('echo'), { method: 'POST', body: 'x' })
  const other = await latchkey.fetch(there('echo'), { method: 'POST', body: 'x' })
  const resent = await latchkey.fetch(here(`answers/401,200/${turn}`))
  const refused = await latchkey.fetch('https://elsewhere.example/').catch(({ code }) => code)
  const said = await heard(latchkey)
  await latchkey.refresh()
  await latchkey.diagnose(there('answers/401'))
  const { count } = await library
    .createClient(latchkey, { prefix: here('.') })
    .get('echo')
    .json()
  const next = credential === bound ? jwtStrategy({ storage: 'local', placement: proof }) : tokenStrategy()
  await latchkey.migrate(strategy.name === 'session' ? sessionStrategy() : next)
  await latchkey.clear()
  latchkey.dispose()
  return [strategy.name, own.status, other.status, resent.status, refused, said, count > 0]
}

async function liveAll() {
  const outcomes = []
  for (const [turn, way] of ways.entries()) outcomes.push(await live(way, turn))
  return outcomes
}

globalThis.strategies = Object.keys(library).filter((name) => /(?<!define)Strategy$/.test(name))
globalThis.lives = liveAll()

/** Does what the policy forbids, so that it is seen to be in force; says whether the browser knows Trusted Types. */
globalThis.breakPolicy = async () => {
  const elsewhere = 'https://elsewhere.example/script.js'
  await fetch(elsewhere).catch(() => {})
  await import(elsewhere).catch(() => {})
  try {
    document.body.innerHTML = 'not trusted'
  } catch {}
  return 'trustedTypes' in globalThis
}
