import { createLatchkey, jwtStrategy, memoryStrategy } from 'latchkey'

globalThis.fetch = async (input) => {
  new Request(input)
  return new Response()
}

const url = `${location.origin}/api/items`

/** Microseconds a request: of several short slices the middle one. */
async function cost(latchkey) {
  const slices = []
  for (let n = 0; n < 12; n++) {
    const start = performance.now()
    for (let request = 0; request < 200; request++) await latchkey.fetch(url)
    slices.push(((performance.now() - start) * 1000) / 200)
  }
  // The first ones are not compiled yet.
  return slices.slice(3).toSorted((a, b) => a - b)[4]
}

let made = 0

async function signedIn(tokens, options) {
  const strategy = memoryStrategy()
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name: `${made++}`, ...options })
  await latchkey.set(tokens)
  return latchkey
}

async function costOf(latchkey, others = []) {
  const microseconds = await cost(latchkey)
  for (const one of [latchkey, ...others]) one.dispose()
  return microseconds
}

/** The page's own is the last of them. */
export async function origins(count, tokens) {
  const others = Array.from({ length: count - 1 }, (_, n) => `https://api-${n}.example.com`)
  return costOf(await signedIn(tokens, { allowedOrigins: [...others, 'self'] }))
}

export async function listeners(count, tokens) {
  const latchkey = await signedIn(tokens)
  for (let n = 0; n < count; n++) latchkey.subscribe(() => {})
  return costOf(latchkey)
}

export async function instances(count, tokens) {
  const all = await Promise.all(Array.from({ length: count }, () => signedIn(tokens)))
  return costOf(all[0], all.slice(1))
}

let ofTab

/** One instance a tab, all of them of one name. */
export async function join(tokens) {
  ofTab ??= createLatchkey({ strategy: jwtStrategy({ storage: 'local' }), allowedOrigins: ['self'] })
  await ofTab.ready()
  if (tokens) await ofTab.set(tokens)
}

export const tab = () => cost(ofTab)

/** An instance whose credential has ended, and whose refresh ends when it is told to. */
export async function ended(tokens) {
  const gate = {}
  const opened = new Promise((resolve) => {
    gate.open = () => resolve(tokens)
  })
  let clock = Date.now()
  const latchkey = await signedIn(tokens, { now: () => clock, refresh: () => opened })
  clock += (tokens.expires_in + 1) * 1000
  return { latchkey, open: gate.open }
}

/** Microseconds from the refresh's answer to the last of all that have waited for it. */
export async function waiting(count, tokens) {
  const { latchkey, open } = await ended({ ...tokens, expires_in: 3600 })
  const all = Array.from({ length: count }, () => latchkey.fetch(url))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const start = performance.now()
  open()
  await Promise.all(all)
  latchkey.dispose()
  return (performance.now() - start) * 1000
}
