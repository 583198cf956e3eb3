import { describe, expect, test } from 'vitest'
import type { Strategy } from '../../../src/index.js'
import { never } from '../../shared/fixtures/faults.js'
import { canMove, type Kind, kinds, ME, oneApp, pairsOf } from './migration-fixtures.js'

type Home = Strategy<never>
type Call = () => Promise<unknown>

interface Fault {
  now(call: Call): Promise<unknown>
  later(call: Call): Promise<unknown>
  /** Whether it is the time limit that ends it. */
  readonly hangs?: boolean
}

/** What becomes of the call where it goes wrong, and of those after it. */
const faults: Record<string, Fault> = {
  'throws from then on': { now: broken, later: broken },
  'throws once': { now: broken, later: (call) => call() },
  'does it, and throws from then on': { now: (call) => call().then(broken), later: broken },
  'is closed after it': { now: (call) => call().then(never), later: never, hangs: true },
}

async function broken(): Promise<never> {
  throw new DOMException('broken', 'UnknownError')
}

/** Strategies of which the so-manieth operation goes wrong. */
function breaking(at = Number.POSITIVE_INFINITY, fault = faults['throws once']) {
  const done: string[] = []
  const through = (what: string, call: Call) => {
    const number = done.push(what)
    if (number < at || !fault) return call()
    return number === at ? fault.now(call) : fault.later(call)
  }
  const wrapped = (strategy: Home): Home => ({
    ...strategy,
    get: (...at) => through(`get ${strategy.name}`, () => strategy.get(...at)) as ReturnType<Home['get']>,
    set: (...at) => through(`set ${strategy.name}`, () => strategy.set(...at)) as Promise<void>,
    clear: (...at) => through(`clear ${strategy.name}`, () => strategy.clear(...at)) as Promise<void>,
  })
  return { done, wrapped }
}

/** Moves from one to another while something goes wrong, and starts again where nothing does. */
async function crash([from, to]: readonly [Kind, Kind], at?: number, fault?: Fault) {
  const app = oneApp()
  await app.signIn(from)
  const { done, wrapped } = breaking(at, fault)
  // A busy machine is no fault.
  const times = { storageTimeoutSeconds: fault?.hangs ? 0.4 : 20 }
  const broken = app.open(wrapped(app.make(to)), [wrapped(app.make(from))], times)
  await broken.latchkey.ready()
  broken.latchkey.dispose()
  const { latchkey } = app.open(to, [from])
  const { status, strategy, subject } = await latchkey.ready()
  await latchkey.fetch(ME)
  const places = await app.places()
  const isMoved = canMove(from, to)
  if (isMoved) await latchkey.refresh()
  latchkey.dispose()
  const kept = isMoved ? to : from
  const [sent] = app.server.sent
  const seen: Record<string, unknown> = { status, strategy, subject, sent, places, spent: app.server.spent }
  const wanted = {
    ...{ status: 'signed-in', strategy: app.make(kept).name, sent: app.sentBy(kept), places: app.only(kept) },
    subject: /jwt/.test(kept) ? 'ann' : undefined,
    spent: isMoved ? [/session/.test(from) ? undefined : 'rt-0'] : [],
  }
  const isOff = ([key, value]: [string, unknown]) => JSON.stringify(seen[key]) !== JSON.stringify(value)
  return {
    done,
    off: Object.entries(wanted)
      .filter(isOff)
      .map(([key]) => [key, seen[key]]),
  }
}

const plain = kinds.filter((kind) => !/chain/.test(kind))
const chained = pairsOf(kinds).filter(([from, to]) => /chain/.test(from + to))
const crashes = Object.entries(faults).filter(([name]) => name.startsWith('does it'))

/** What was not as it has to be, and where that came from. */
async function wrong(pair: readonly [Kind, Kind], some: [string, Fault][]) {
  const { done, off } = await crash(pair)
  const found: unknown[] = off.length > 0 ? [['nothing', off]] : []
  for (const [name, fault] of some) {
    const at = async (index: number) => {
      const { off } = await crash(pair, index + 1, fault)
      if (off.length > 0) found.push([`${index + 1}: ${done[index]} ${name}`, ...off])
    }
    // Each app has names of its own, so those that wait for a time limit can do it together.
    if (fault.hangs) await Promise.all(done.map((_, index) => at(index)))
    else for (const index of done.keys()) await at(index)
  }
  return { found, steps: done.length }
}

describe.for(pairsOf(plain))('from %s to %s', (pair) => {
  test('whatever step goes wrong: signed in before is signed in after, in one place', {
    timeout: 60_000,
  }, async () => {
    const { found, steps } = await wrong(pair, Object.entries(faults))
    expect(steps).toBeGreaterThan(2)
    expect(found).toEqual([])
  })
})

describe.for(chained)('from %s to %s', (pair) => {
  test('whatever step fails: signed in before is signed in after, in one place', {
    timeout: 60_000,
  }, async () => {
    expect((await wrong(pair, crashes)).found).toEqual([])
  })
})
