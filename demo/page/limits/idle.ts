import {
  createLatchkey,
  type Latchkey,
  type LatchkeyEvent,
  type LatchkeyState,
  memoryStrategy,
} from '../../../src/index.js'
import { part } from '../dom.js'
import { filled, words } from '../word.js'
import { arrived } from './arrived.js'
import type { Card, Finding, Row } from './card.js'
import { createCountdown } from './countdown.js'

const LIMIT_SECONDS = 6

/** A sign-in that ends by itself, and all that latchkey tells until then. */
export function offerIdle({ root, on, show }: Card): void {
  const countdown = createCountdown(part(root, 'progress', HTMLProgressElement), LIMIT_SECONDS)
  let sitting: Sitting | undefined
  const ended = async (last: Sitting) => {
    sitting = undefined
    countdown.end()
    const finding = await send(last)
    last.latchkey.dispose()
    // Another one may have begun meanwhile.
    if (!sitting) show(finding)
  }
  on('try', async () => {
    sitting?.latchkey.dispose()
    const begun = await sit()
    sitting = begun
    countdown.begin()
    begun.latchkey.subscribe((state, event) => {
      const text = textOf(state, event)
      if (text) show(begun.note(text))
      if (event.type === 'signed-out') ended(begun)
    })
    return begun.note(words.limits.idle.signedIn)
  })
  on('send', async () => {
    if (!sitting) return { tone: 'plain', title: words.limits.idle.first, rows: [] }
    countdown.begin()
    return send(sitting)
  })
}

/** One sign-in. */
interface Sitting {
  readonly latchkey: Latchkey
  /** Writes down what has happened now. */
  note(text: string): Finding
}

async function sit(): Promise<Sitting> {
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: ['self'],
    name: 'limits-idle',
    idleTimeoutSeconds: LIMIT_SECONDS,
  })
  await latchkey.set({ access_token: crypto.randomUUID() })
  const start = Date.now()
  const rows: Row[] = []
  const note = (text: string): Finding => {
    const seconds = ((Date.now() - start) / 1000).toFixed(1)
    rows.push([filled(words.limits.idle.after, { seconds }), text])
    return { tone: 'plain', title: latchkey.state.status, rows: [...rows] }
  }
  return { latchkey, note }
}

async function send({ latchkey, note }: Sitting): Promise<Finding> {
  const { isAuthorized } = await arrived({}, { by: latchkey.fetch })
  return note(isAuthorized ? words.limits.idle.sent : words.limits.idle.sentBare)
}

function textOf({ reason }: LatchkeyState, event: LatchkeyEvent): string | undefined {
  if (event.type === 'going-idle') return filled(words.limits.idle.goingIdle, { seconds: event.secondsLeft })
  if (event.type === 'active') return words.limits.idle.active
  return event.type === 'signed-out'
    ? filled(words.limits.idle.signedOut, { reason: `${reason}` })
    : undefined
}
