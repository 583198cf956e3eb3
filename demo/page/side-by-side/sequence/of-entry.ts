import type { Did, Entry } from '../../server-log.js'
import { filled } from '../../word.js'
import { addedByBrowser, addedByLatchkey } from './headers.js'
import { type Message, says } from './message.js'

/** A request, from latchkey to the server and back; `before` is what was sent since the code's call. */
export function ofEntry(entry: Entry, before: readonly Entry[]): Message[] {
  const { status, set } = entry
  return [
    sent(entry, before),
    { from: 'browser', to: 'server', text: says.browserAdds, lines: addedByBrowser(entry) },
    ...entry.did.map(ofDid),
    ...(set.length > 0
      ? [{ from: 'server', to: 'browser', text: says.setsCookie, lines: set } as const]
      : []),
    {
      from: 'server',
      to: 'latchkey',
      text: filled(says.answers, { status }),
      tone: status < 400 ? 'good' : 'bad',
    },
  ]
}

function sent(entry: Entry, before: readonly Entry[]): Message {
  const added = addedByLatchkey(entry)
  const lines = [bare(entry.line), ...added]
  return { from: 'latchkey', to: 'browser', text: howSent(entry, before, added.length > 0), lines }
}

function howSent(entry: Entry, before: readonly Entry[], isAdded: boolean): string {
  if (entry.kind === 'oauth') return says.refreshes
  if (bare(entry.line).endsWith('/me')) return says.probes
  if (before.some(({ line }) => bare(line) === bare(entry.line))) return says.sendsAgain
  return isAdded ? says.adds : says.addsNothing
}

/** Without what latchkey put into the address, which is told beside it. */
function bare(line: string): string {
  return line.replace(/[?&]access_token=[^&\s]+/, '').replace(/ HTTP.*/, '')
}

function ofDid(one: Did): Message {
  const { what, where, thing, found } = one
  const act = filled(says.did[what], { thing: says.things[thing] })
  const outcome = found === undefined ? '' : says.found[found ? 'yes' : 'no']
  const to = where === 'token' ? 'server' : 'store'
  const text = filled(says.didWhere, { act, outcome, where: says.where[where] })
  return { from: 'server', to, text, tone: isBad(one) ? 'bad' : undefined }
}

/** Not to be on the deny-list is good. */
function isBad({ what, thing, found }: Did): boolean {
  return what === 'denied' || (found === false && thing !== 'deny-list')
}
