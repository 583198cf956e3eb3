import { own } from '../../options.js'
import { type Entry, entryFrom } from './entry.js'

/** The inspectors of the other tabs, as far as they can be reached. */
export interface Tabs {
  /** Tells them what happened here. */
  tell(entry: Entry): void
  leave(): void
}

/** @param heard called with what happened in another tab, and the number that one has here */
export function joinTabs(heard: (entry: Entry, number: number) => void): Tabs {
  // The same for all inspectors of a page, which are no other tabs.
  const here = String(performance.timeOrigin)
  const numberOf = createNumbers()
  const stop = new AbortController()
  let channel: BroadcastChannel | undefined

  const join = () => {
    try {
      channel = new BroadcastChannel('latchkey.inspector')
      channel.onmessage = ({ data }) => {
        const { tab, entry } = Object(data)
        if (typeof tab === 'string' && tab !== here) heard(entryFrom(entry), numberOf(tab.slice(0, LONGEST)))
      }
    } catch {
      // Firefox has none where site data is blocked.
    }
  }
  const part = () => {
    channel?.close()
    channel = undefined
  }
  const options = own({ signal: stop.signal })
  // An open channel can keep a page out of bfcache.
  addEventListener('pagehide', part, options)
  addEventListener('pageshow', ({ persisted }) => persisted && join(), options)
  join()
  return {
    tell: (entry) => channel?.postMessage({ tab: here, entry }),
    leave() {
      stop.abort()
      part()
    },
  }
}

/** Numbers tabs as they are first heard of, and forgets the one that was not heard of for longest. */
function createNumbers(): (tab: string) => number {
  const numbers = new Map<string, number>()
  let count = 1
  return (tab) => {
    const number = numbers.get(tab) ?? ++count
    numbers.delete(tab)
    numbers.set(tab, number)
    const [oldest] = numbers.keys()
    if (numbers.size > MOST && oldest !== undefined) numbers.delete(oldest)
    return number
  }
}

const MOST = 100
const LONGEST = 40
