import { expect, test } from 'vitest'
import { sharedOut } from '../harness/shared-out.js'
import { createAttacker } from './fixtures/attacker.js'
import { asText } from './fixtures/forms.js'
import { checkNames } from './fixtures/native.js'
import { handshake, streams } from './fixtures/streams.js'
import { tables } from './fixtures/url-tables.js'

/** What a handshake goes to is not what fetch makes of the text. */
function attemptAt(text: string) {
  const goes = URL.canParse(text, document.baseURI) ? handshake(text).href : undefined
  return { ...asText(text), goes }
}

const all = Object.entries(streams).flatMap(([what, carrier]) =>
  Object.entries(tables).map(([list, table]) => [what, list, carrier, table] as const),
)

test.for(all)('%s goes there alone, with %s on the list', { timeout: 120_000 }, async (row, context) => {
  const [what, , carrier, { allowed, texts }] = row
  const { attack, summary } = await createAttacker(context, carrier, allowed)
  const isEventSource = what === 'an event source'
  const attempt = isEventSource ? asText : attemptAt
  // An event source asks by the fetch that `urls` has given every text to; a socket reads an address in its own way.
  const tried = isEventSource ? sharedOut(texts) : texts
  for (const text of tried) await attack(JSON.stringify(text), attempt(text))
  expect(summary.wrong).toEqual([])
  expect(summary.given).toBeGreaterThan((150 * tried.length) / texts.length)
  if (isEventSource) expect(summary.fooled).toContain('hostname')
  else expect([...summary.fooled].toSorted()).toEqual(checkNames.toSorted())
})
