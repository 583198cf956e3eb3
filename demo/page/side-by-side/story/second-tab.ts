import type { Status } from '../../../../src/index.js'
import { element, part } from '../../dom.js'
import type { Entry } from '../../server-log.js'
import type { Way } from '../../ways/way.js'
import { words } from '../../word.js'
import { good, plain, type Result } from './result.js'
import { placesOf } from './stage.js'

/** What a tab that has just been opened finds of one way. */
export interface Found {
  readonly status: Status
  readonly where: readonly string[]
}

export type AllFound = Readonly<Record<string, Found>>

/** What the tabs say to each other. None of it holds a credential. */
interface Message {
  readonly here?: true
  /** Look now; the answer repeats it. */
  readonly look?: string
  readonly looked?: string
  readonly found?: AllFound
}

const CHANNEL = 'latchkey-lab.second-tab'

/** In the first tab: `prepare` makes sure that there is something to find, `done` is told what was. */
export function awaitSecondTab(prepare: () => Promise<void>, done: (found: AllFound) => Promise<void>): void {
  const channel = new BroadcastChannel(CHANNEL)
  const asked = new Set<string>()
  channel.addEventListener('message', async ({ data }: MessageEvent<Message>) => {
    if (data.here) {
      const look = crypto.randomUUID()
      asked.add(look)
      await prepare()
      channel.postMessage({ look })
    }
    if (data.looked && data.found && asked.delete(data.looked)) await done(data.found)
  })
}

/** What came of it for a way: another tab is signed in as well, where what is kept is not this tab's own. */
export function resultOf({ status, where }: Found, entries: readonly Entry[]): Result {
  const ending = status === 'signed-out' ? plain('otherTabOut') : good('otherTabIn')
  const resting = { did: 'finds', where } as const
  const act = {
    code: 'latchkey.ready()',
    events: [],
    entries,
    result: status,
    resting,
    aside: 'secondTab',
  } as const
  return { ...ending, acts: [act] }
}

/** In the second tab: opens all ways' latchkeys as any page of the app would, and tells what it found. */
export async function openSecondTab(root: HTMLElement, ways: readonly Way[]): Promise<void> {
  const channel = new BroadcastChannel(CHANNEL)
  const look = async () => {
    const found = await lookAt(ways)
    show(root, ways, found)
    return found
  }
  channel.addEventListener('message', async ({ data }: MessageEvent<Message>) => {
    if (data.look) channel.postMessage({ looked: data.look, found: await look() })
  })
  // Another section, or the story itself, is what any tab shows.
  addEventListener('hashchange', () => location.reload())
  await look()
  channel.postMessage({ here: true })
}

async function lookAt(ways: readonly Way[]): Promise<AllFound> {
  const entries = await Promise.all(ways.map(async (way) => [way.id, await foundOf(way)] as const))
  return Object.fromEntries(entries)
}

async function foundOf(way: Way): Promise<Found> {
  const { latchkey } = way.open({ refresh: way.isRefreshable })
  const { status } = await latchkey.ready()
  latchkey.dispose()
  return { status, where: await placesOf(way) }
}

function show(root: HTMLElement, ways: readonly Way[], found: AllFound): void {
  const items = ways.map(({ id, title }) => {
    const { status = 'unknown' } = found[id] ?? {}
    const dot = element('span', 'dot', words.sideBySide.cardStatus[status])
    dot.dataset.status = status
    return element('li', '', `${title} `, dot)
  })
  part(root, 'ul', HTMLElement).replaceChildren(...items)
}
