import { describe, expect, test } from 'vitest'
import { withBase } from '../browser/fixtures.js'
import { sharedOut } from '../harness/shared-out.js'
import { createAttacker } from './fixtures/attacker.js'
import { carriers } from './fixtures/carriers.js'
import { asText, forms } from './fixtures/forms.js'
import { checkNames } from './fixtures/native.js'
import { bases, relatives } from './fixtures/url-lists.js'
import { API, tables } from './fixtures/url-tables.js'

const { 'the Authorization header': authorization, ...others } = carriers
const timeout = 120_000
const named = (form: string, text: string) => `${form} ${JSON.stringify(text)}`

test('there are more than 1,500 addresses, and no two are the same', () => {
  const all = Object.values(tables).flatMap(({ allowed, texts }) => texts.map((text) => `${allowed} ${text}`))
  expect(all.length).toBeGreaterThan(1500)
  expect(new Set(all).size).toBe(all.length)
})

describe.for(Object.entries(tables))(
  'CVE-2025-66035, GHSA-58c5-g7wp-6w37: with %s on the list',
  ([, { allowed, texts }]) => {
    test.for(Object.entries(forms))(
      'the token goes there alone, asked by %s',
      { timeout },
      async ([form, make], context) => {
        const { attack, summary } = await createAttacker(context, authorization, allowed)
        // An engine decides what it reads in a text; in which form it comes, or with what credential, none does.
        const tried = form === 'a string' ? texts : sharedOut(texts)
        for (const text of tried) {
          const attempt = make(text, `${allowed[0]}/v1/me`)
          if (attempt) await attack(named(form, text), attempt)
        }
        expect(summary.wrong).toEqual([])
        expect(summary.given).toBeGreaterThan((150 * tried.length) / texts.length)
        if (form === 'a string') expect([...summary.fooled].toSorted()).toEqual(checkNames.toSorted())
      },
    )

    test.for(Object.entries(others))('%s goes there alone', { timeout }, async ([, carrier], context) => {
      const { attack, summary } = await createAttacker(context, carrier, allowed)
      const tried = sharedOut(texts)
      for (const text of tried) await attack(named('a string', text), asText(text))
      expect(summary.wrong).toEqual([])
      expect(summary.given).toBeGreaterThan((150 * tried.length) / texts.length)
    })
  },
)

const allowedBeside = {
  'an origin': API,
  'an origin with a path': `${API}/v1`,
  'the page’s own origin': location.origin,
}

test.for(Object.entries(allowedBeside))(
  'with %s on the list, no base element sends the token elsewhere',
  { timeout },
  async ([, allowed], context) => {
    const { attack, summary } = await createAttacker(context, authorization, [allowed])
    const tryAll = async (base: string) => {
      for (const [form, make] of Object.entries(forms)) {
        for (const text of relatives) {
          const attempt = make(text, `${allowed}/me`)
          if (attempt) await attack(`${named(form, text)} below ${base}`, attempt)
        }
      }
    }
    for (const base of [...bases, location.origin]) await withBase(base, () => tryAll(base))
    expect(summary.wrong).toEqual([])
    expect(summary.given).toBeGreaterThan(100)
    expect(summary.fooled).toContain('hostname')
  },
)
