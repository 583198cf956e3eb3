import { cookieValue } from '../ways/cookie-places.js'
import { filled, words } from '../word.js'
import type { Card, Finding, Row } from './card.js'
import { dropCookie, setCookie } from './set-cookie.js'

const KEY = 'limits.restart'
const SESSION = 'limits_session'
const PERSISTENT = 'limits_persistent'
const DAY_SECONDS = 86_400

/** What no page can do, to close the browser, is left to the reader: on return the card says what is still there. */
export function offerRestart(card: Card): void {
  card.on('try', async () => {
    const now = String(Date.now())
    setCookie(SESSION, now)
    setCookie(PERSISTENT, now, `; Max-Age=${DAY_SECONDS}`)
    sessionStorage.setItem(KEY, now)
    localStorage.setItem(KEY, now)
    return found(now)
  })
  card.on('look', async () => look())
  card.on('forget', async () => {
    for (const name of [SESSION, PERSISTENT]) dropCookie(name)
    for (const storage of [sessionStorage, localStorage]) storage.removeItem(KEY)
    return look()
  })
  if (localStorage.getItem(KEY)) card.show(look())
}

function look(): Finding {
  const setAt = localStorage.getItem(KEY)
  if (setAt) return found(setAt)
  // Another tab has removed all but this, which it can't reach.
  sessionStorage.removeItem(KEY)
  return { tone: 'plain', title: words.limits.restart.none, rows: [] }
}

function found(setAt: string): Finding {
  const { session, persistent, tab, local, there, gone, setAt: heading } = words.limits.restart
  const places: [string, string | null | undefined][] = [
    [session, cookieValue(SESSION)],
    [persistent, cookieValue(PERSISTENT)],
    [tab, sessionStorage.getItem(KEY)],
    [local, localStorage.getItem(KEY)],
  ]
  const time = new Date(Number(setAt)).toLocaleString(document.documentElement.lang)
  const rows = places.map(([place, value]): Row => [place, value === setAt ? there : gone])
  return { tone: 'plain', title: `${filled(heading, { time })} ${conclusion(setAt)}`, rows }
}

function conclusion(setAt: string): string {
  const { same, otherTab, restarted, lost } = words.limits.restart
  if (cookieValue(PERSISTENT) !== setAt) return lost
  if (cookieValue(SESSION) !== setAt) return restarted
  return sessionStorage.getItem(KEY) === setAt ? same : otherTab
}
