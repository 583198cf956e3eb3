import { cookieStrategy } from '../../../src/index.js'
import { part } from '../dom.js'
import { filled, words } from '../word.js'
import { arrived } from './arrived.js'
import type { Card, Finding } from './card.js'
import { dropCookie, setCookie } from './set-cookie.js'
import { taken } from './taken.js'

const HOST = 'limits.localhost'
/** More than any browser is known to keep where it counts them at all. */
const MOST = 200

/** At a host of its own, where no sign-in of the demo is among the cookies that are dropped. */
export function offerCount({ root, on }: Card): void {
  const isHere = location.hostname === HOST
  const link = part(root, '[data-link=host]', HTMLAnchorElement)
  link.href = `//${HOST}:${location.port}${location.pathname}#limits/count`
  link.hidden = isHere
  part(root, '[data-action=try]', HTMLButtonElement).hidden = !isHere
  on('try', count)
}

/** Writes cookies until the server gets fewer than there must be, and takes all away again. */
async function count(): Promise<Finding> {
  const before = pairs()
  try {
    return told(await written(), await another())
  } finally {
    for (let number = 1; number <= MOST; number++) dropCookie(nameOf(number))
    before.filter((pair) => !pairs().includes(pair)).forEach(restore)
  }
}

interface Counted {
  /** With those that were here before. */
  readonly written: number
  readonly left: number
  readonly isFirstThere: boolean
}

/** Asks the server each time: what a page is shown of its cookies may be older than what is sent. */
async function written(): Promise<Counted> {
  const before = (await arrived()).count
  for (let number = 1; ; number++) {
    setCookie(nameOf(number), '1')
    const { count, cookies } = await arrived()
    if (cookies.filter(isCounted).length < number || number === MOST)
      return { written: before + number, left: count, isFirstThere: cookies.includes(`${nameOf(1)}=1`) }
  }
}

function told({ written, left, isFirstThere }: Counted, refused: string): Finding {
  const { dropped, all, oldest, gone, there, another } = words.limits.count
  return {
    tone: 'plain',
    title: filled(left < written ? dropped : all, { written, left, gone: written - left }),
    rows: [
      [oldest, isFirstThere ? there : gone],
      [another, refused],
    ],
  }
}

/** What latchkey makes of it. */
function another(): Promise<string> {
  return taken(cookieStrategy({ name: 'limits_token' }), 'token')
}

/** Another card may be at work, too. */
function isCounted(pair: string): boolean {
  return /^limits_\d/.test(pair)
}

function nameOf(number: number): string {
  return `limits_${number}`
}

function pairs(): string[] {
  return document.cookie.split('; ').filter(Boolean)
}

/** Of the cookies that were here before, the oldest may have had to go. */
function restore(pair: string): void {
  const [name = '', ...value] = pair.split('=')
  setCookie(name, value.join('='))
}
