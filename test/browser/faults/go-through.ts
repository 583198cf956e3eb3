import { createLatchkey, type Latchkey } from '../../../src/index.js'
import { codeOf, listen, settled } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { ownName } from '../fixtures.js'
import { cookies } from './broken-cookie.js'
import type { Cell } from './cell.js'
import type { Outcome } from './outcomes.js'
import { type PlaceName, places } from './places.js'

const LIMIT_MS = 3000

const OLD = { access_token: jwtOf({ sub: 'ann', is: 'old' }), refresh_token: 'old' }
// Longer, so that it does not fit in the place of the old one where a store is full.
const NEW = jwtOf({ sub: 'ann', is: 'new', more: 'x'.repeat(2000) })
const RENEWED = {
  access_token: jwtOf({ sub: 'ann', is: 'renewed', more: 'x'.repeat(2200) }),
  refresh_token: 'the next one'.padEnd(200),
}

function make(place: PlaceName, name: string) {
  const latchkey = createLatchkey({
    strategy: places[place].strategy(),
    allowedOrigins: ['self'],
    name,
    refresh: async () => RENEWED,
    fetch: async ({ headers }) =>
      new Response(headers.get('authorization') ?? (place === 'cookie' ? cookies() : '')),
  })
  return { latchkey, ...listen(latchkey) }
}

/** Goes through the calls of a page that was there before the fault, or of one that is loaded during it. */
export async function goThrough(place: PlaceName, cell: Cell, isLiving: boolean) {
  const name = ownName()
  const before = make(place, name)
  await before.latchkey.set(OLD)
  if (!isLiving) before.latchkey.dispose()
  const over = await cell.bring(name)
  const { latchkey, events } = isLiving ? before : make(place, name)
  const { access_token, which } = tokensOf(cell)
  const slow: string[] = []
  const timed = async <R>(call: string, act: () => Promise<R>) => {
    const begun = performance.now()
    return act().finally(() => {
      const ms = performance.now() - begun
      if (ms >= LIMIT_MS) slow.push(`${call}: ${Math.round(ms)} ms`)
    })
  }
  try {
    const outcome = {
      start: await timed('ready', () => startOf(latchkey, events)),
      set: await timed('set', () =>
        codeOf(latchkey.set({ access_token, refresh_token: 'another'.padEnd(100) })),
      ),
      status: latchkey.state.status,
      rests: which(await places[place].look(name)),
      sent: which(await timed('fetch', async () => (await latchkey.fetch('/')).text())),
      refresh: await timed('refresh', () => refreshOf(latchkey, events)),
      clear: await timed('clear', () => codeOf(latchkey.clear())),
      left: which(await places[place].look(name)),
    }
    return { outcome, slow, end: latchkey.state.status }
  } finally {
    await over()
    latchkey.dispose()
  }
}

function tokensOf({ token = NEW }: Cell) {
  const which = (text: unknown): Outcome['rests'] => {
    if (text === undefined || text === '') return 'none'
    if (String(text).includes(OLD.access_token)) return 'old'
    return String(text).includes(token) ? 'new' : 'something else'
  }
  return { access_token: token, which }
}

type Events = ReturnType<typeof listen>['events']

async function startOf(latchkey: Latchkey, events: Events) {
  const { status } = await latchkey.ready()
  await settled()
  const said = events.filter(({ type }) => type === 'signed-out')
  const [error] = said.flatMap((event) => ('error' in event && event.error ? [event.error.code] : []))
  return error ?? status
}

async function refreshOf(latchkey: Latchkey, events: Events) {
  const code = await codeOf(latchkey.refresh())
  await settled()
  if (code !== 'fulfilled') return code
  const { name, persistent } = latchkey.state.storage
  const isTold = events.some(({ type }) => type === 'storage-fallback')
  if (isTold !== (name === 'memory')) return `in ${name}, which ${isTold ? 'was' : 'was not'} told`
  return isTold && !persistent ? 'in memory' : 'stored'
}

/** Whether the page can go on once the fault is over: signs in, is found again, sends, signs out. */
export async function isUsable(place: PlaceName): Promise<unknown> {
  const name = ownName()
  await make(place, name).latchkey.set(OLD)
  const { latchkey } = make(place, name)
  const { status } = await latchkey.ready()
  const sent = await (await latchkey.fetch('/')).text()
  await latchkey.clear()
  return [status, sent.includes(OLD.access_token), await places[place].look(name)]
}
