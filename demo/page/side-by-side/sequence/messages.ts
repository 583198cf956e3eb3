import { filled } from '../../word.js'
import type { Act } from '../story/act.js'
import type { Heard } from '../story/hearing.js'
import { addedByBrowser } from './headers.js'
import { type Message, says } from './message.js'
import { ofEntry } from './of-entry.js'

/** All that happened, as messages between those who took part. */
export function messagesOf(acts: readonly Act[]): Message[] {
  return acts.flatMap(ofAct)
}

function ofAct(act: Act): Message[] {
  const { events, entries } = act
  const first = entries.findLastIndex(({ kind }) => kind === 'oauth') + 1
  const requests = (some: typeof entries) =>
    some.flatMap((entry) => ofEntry(entry, entries.slice(0, entries.indexOf(entry))))
  return [
    ...called(act),
    ...untouched(events),
    ...arrived(act),
    ...requests(entries.slice(0, first)),
    ...told(events, isOfRefresh),
    ...requests(entries.slice(first)),
    ...resting(act),
    ...told(events, (heard) => !heard.type.endsWith('attached') && !isOfRefresh(heard)),
    ...returned(act),
  ]
}

function called({ code, aside }: Act): Message[] {
  if (aside === 'expired') return [{ from: 'server', to: 'server', text: says.expired }]
  if (aside === 'tampered') return [{ from: 'browser', to: 'browser', text: says.tampered, tone: 'bad' }]
  const text = aside === 'secondTab' ? says.callsThere : says.calls
  const call: Message = { from: 'code', to: 'latchkey', text, lines: [code] }
  if (aside !== 'reloaded') return [call]
  return [{ from: 'code', to: 'browser', text: says.reloaded, lines: ['location.reload()'] }, call]
}

/** Requests that latchkey let go as they were. */
function untouched(events: readonly Heard[]): Message[] {
  const whys = new Set(events.filter(({ type }) => type === 'not-attached').map(({ why = '' }) => why))
  return [...whys].map((why) => ({
    from: 'latchkey',
    to: 'latchkey',
    text: filled(says.leavesAlone, { why: new Map(Object.entries(says.whys)).get(why) ?? why }),
    lines: [`not-attached: ${why}`],
  }))
}

function arrived({ arrived = [] }: Act): Message[] {
  return arrived.flatMap((seen) => [
    {
      from: 'latchkey',
      to: 'browser',
      text: says.addsNothing,
      lines: [seen.line.replace(/ HTTP.*/, '')],
    } as const,
    { from: 'browser', to: 'foreign', text: says.browserAdds, lines: addedByBrowser(seen) } as const,
    { from: 'foreign', to: 'latchkey', text: says.noted } as const,
  ])
}

function resting({ resting: rests }: Act): Message[] {
  if (!rests) return []
  const { did, where } = rests
  const text = where.length > 0 ? says.rests[did] : says.restsNowhere[did]
  return [{ from: 'latchkey', to: 'browser', text, lines: where }]
}

function isOfRefresh({ type }: Heard): boolean {
  return type === 'refreshed' || type === 'recovered' || type === 'degraded'
}

function told(events: readonly Heard[], isWanted: (heard: Heard) => boolean): Message[] {
  return events.filter(isWanted).map(({ type, reason }) => ({
    from: 'latchkey',
    to: 'code',
    text: says.tells,
    lines: [reason ? `${type}: ${reason}` : type],
  }))
}

function returned({ aside, result }: Act): Message[] {
  if (!result || aside === 'expired' || aside === 'tampered') return []
  const tone = /^(2|signed-in)/.test(result) ? 'good' : /^(4|5|ERR)/.test(result) ? 'bad' : undefined
  return [{ from: 'latchkey', to: 'code', text: filled(says.returns, { result }), tone }]
}
