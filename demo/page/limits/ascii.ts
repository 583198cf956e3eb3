import { cookieStrategy, header, query, type Strategy, tokenStrategy } from '../../../src/index.js'
import { cookieValue } from '../ways/cookie-places.js'
import { filled, words } from '../word.js'
import { arrived } from './arrived.js'
import type { Finding, Row } from './card.js'
import { said } from './said.js'
import { dropCookie, setCookie } from './set-cookie.js'
import { taken } from './taken.js'

const NAME = 'limits_ascii'
/** Beyond Latin-1, and within it but beyond ASCII. */
const HAN = 'token-好'
const LATIN = 'token-é'

const strategies: readonly (readonly [code: string, strategy: Strategy])[] = [
  [`cookieStrategy({ name: '${NAME}' })`, cookieStrategy({ name: NAME })],
  ["header('X-Auth-Token')", tokenStrategy({ placement: header('X-Auth-Token') })],
  ["query('access_token')", tokenStrategy({ placement: query('access_token') })],
]

/** A value that is not ASCII, in each place a credential can travel in, and as a credential of latchkey's. */
export async function ascii(): Promise<Finding> {
  const { unchanged, nowhere, given } = words.limits.ascii
  const tries = [await inCookie(), await inHeader(HAN), await inHeader(LATIN), await inQuery()]
  const whole = tries.filter(({ isWhole }) => isWhole)
  const refused: Row[] = []
  for (const [code, strategy] of strategies)
    refused.push([filled(given, { code, value: HAN }), await taken(strategy, HAN)])
  return {
    tone: 'plain',
    title:
      whole.length > 0 ? filled(unchanged, { places: whole.map(({ place }) => place).join(', ') }) : nowhere,
    rows: [...tries.map(({ place, answer }): Row => [place, answer]), ...refused],
  }
}

/** A place where it was put, and whether the server has what was sent. */
interface Try {
  readonly place: string
  readonly answer: string
  readonly isWhole: boolean
}

async function inCookie(): Promise<Try> {
  const { place, answer } = words.limits.ascii.cookie
  setCookie(NAME, HAN)
  const page = cookieValue(NAME) ?? words.limits.nothing
  const { cookies } = await arrived().finally(() => dropCookie(NAME))
  const server = cookies.find((pair) => pair.startsWith(NAME))?.slice(NAME.length + 1)
  return {
    place: filled(place, { value: HAN }),
    answer: filled(answer, { page, server: server ?? words.limits.nothing }),
    isWhole: server === HAN,
  }
}

async function inHeader(value: string): Promise<Try> {
  const place = filled(words.limits.ascii.header, { value })
  try {
    const { header } = await arrived({ headers: { 'X-Auth-Token': value } })
    return { place, ...compared(value, header) }
  } catch (error) {
    return { place, answer: said(error), isWhole: false }
  }
}

async function inQuery(): Promise<Try> {
  const { query } = await arrived({}, { search: `?access_token=${HAN}` })
  return { place: filled(words.limits.ascii.query, { value: HAN }), ...compared(HAN, query) }
}

function compared(sent: string, server: string | null): Pick<Try, 'answer' | 'isWhole'> {
  const answer = filled(words.limits.serverReads, { value: server ?? words.limits.nothing })
  return { answer, isWhole: server === sent }
}
