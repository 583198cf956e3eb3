import type { Seen } from '../../server.js'
import { filled } from '../../word.js'
import { says } from './message.js'

const OURS = /^(authorization|x-auth-token|x-xsrf-token|dpop)$/i
/** What says where a request comes from: the browser alone can write it (https://fetch.spec.whatwg.org/#forbidden-request-header). */
const ORIGIN = /^(origin|referer)$/i
const METADATA = /^sec-fetch-/i

type Header = Seen['headers'][number]

const written = ([name, value]: Header) => `${name}: ${value}`

/** What latchkey wrote on a request: headers, or a parameter of its address. */
export function addedByLatchkey({ line, headers }: Seen): string[] {
  const [, parameter] = /[?&](access_token=[^&\s]+)/.exec(line) ?? []
  return [
    ...(parameter ? [`?${parameter}`] : []),
    ...headers.filter(([name]) => OURS.test(name)).map(written),
  ]
}

/** What the browser adds by itself: the cookies, where the request comes from, and what it always sends. */
export function addedByBrowser({ headers }: Seen): string[] {
  const rest = headers.filter(([name]) => !OURS.test(name) && !/^content-/i.test(name))
  const of = (wanted: RegExp) => rest.filter(([name]) => wanted.test(name)).map(written)
  const metadata = of(METADATA).join(' · ')
  const usual = rest.map(([name]) => name).filter((name) => !/^cookie$/i.test(name) && !isTold(name))
  const more = filled(says.usual, { count: usual.length, name: usual[0] ?? '' })
  return [
    ...of(/^cookie$/i),
    ...of(ORIGIN),
    ...(metadata ? [metadata] : []),
    ...(usual.length > 0 ? [more] : []),
  ]
}

function isTold(name: string): boolean {
  return ORIGIN.test(name) || METADATA.test(name)
}
