import { createLatchkey, jwtStrategy, type Latchkey } from '../../../src/index.js'
import { post } from '../server.js'
import { filled, words } from '../word.js'
import type { Card, Finding, Row } from './card.js'

type StorageName = 'localStorage' | 'sessionStorage'

interface Kept {
  readonly storage: StorageName
  readonly latchkey: Latchkey
}

/** The same sign-in in both storages, and what this tab has of it and one that is opened here. */
export function offerTabs({ root, on, show }: Card, openedBy: string | undefined): void {
  const all = [kept('localStorage', 'local'), kept('sessionStorage', 'session')]
  let here: readonly Row[] = []
  let second: readonly Row[] = []
  const finding = (): Finding => ({
    tone: 'plain',
    title: words.limits.tabs.found,
    rows: [...labelled(words.limits.tabs.here, here), ...labelled(words.limits.tabs.second, second)],
  })
  hear(root, (rows) => {
    second = rows
    show(finding())
  })
  const opener = openedBy && channelOf(openedBy)
  const look = inTurn(async () => {
    here = await Promise.all(all.map(rowOf))
    if (opener) opener.postMessage(here)
    return finding()
  })
  whenChanged(all, () => look().then(show))
  on('try', () => Promise.all(all.map(signIn)).then(look))
  on('forget', () => Promise.all(all.map(signOut)).then(look))
  if (opener) look().then(show)
}

/** One after the other, so that what is shown last was looked at last. */
function inTurn<T>(look: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return () => {
    const next = last.then(look)
    last = next.catch(() => undefined)
    return next
  }
}

/** Calls the listener when somebody is signed in or out, in whatever tab, and at the start if somebody is signed in. */
function whenChanged(all: readonly Kept[], listener: () => void): void {
  for (const { latchkey } of all)
    latchkey.subscribe(({ status, reason }, { type }) => {
      if (type !== 'initial' && (status === 'signed-in' || reason)) listener()
    })
}

/** Names this tab to those that are opened by its links, and listens to what they have. */
function hear(root: HTMLElement, listener: (rows: readonly Row[]) => void): void {
  const name = crypto.randomUUID()
  for (const link of root.querySelectorAll('a')) link.href = `#limits/tabs/${name}`
  channelOf(name).onmessage = ({ data }: MessageEvent<readonly Row[]>) => listener(data)
}

function channelOf(name: string): BroadcastChannel {
  return new BroadcastChannel(`limits-tabs-${name}`)
}

function kept(storage: StorageName, short: 'local' | 'session'): Kept {
  const strategy = jwtStrategy({ storage: short })
  return {
    storage,
    latchkey: createLatchkey({ strategy, allowedOrigins: ['self'], name: `limits-${short}` }),
  }
}

async function signIn({ latchkey }: Kept): Promise<void> {
  const answer = await fetch('/api/jwt/login', post({ name: 'Ada' }))
  await latchkey.set(await answer.json())
}

/** Both: the server ends what it knows, and the browser forgets what it has. */
async function signOut({ latchkey }: Kept): Promise<void> {
  if (latchkey.state.status === 'signed-in') await latchkey.fetch('/api/jwt/logout', post({}))
  await latchkey.clear()
}

/** Whom the server recognises by what this tab sends. */
async function rowOf({ storage, latchkey }: Kept): Promise<Row> {
  const { status } = await latchkey.ready()
  const user = await (await latchkey.fetch('/api/jwt/me')).json()
  const { known, unknown } = words.limits.tabs
  return [storage, user ? filled(known, { status, name: user.sub }) : filled(unknown, { status })]
}

function labelled(label: string, rows: readonly Row[]): Row[] {
  return rows.map(([storage, answer]) => [filled(label, { storage }), answer])
}
