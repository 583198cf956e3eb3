import { expect, test } from 'vitest'
import type { Latchkey } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { never } from '../../shared/fixtures/faults.js'
import { ME } from '../../shared/fixtures/instance.js'
import { type Answer, refused, rejected, withEndpoint } from '../../shared/fixtures/token-endpoint.js'
import { catchThrown } from './thrown.js'

const toThePage = catchThrown()

const endings: Record<string, Answer[]> = { refreshed: [], degraded: [refused], 'signed-out': [rejected] }

const calls: Record<string, (latchkey: Latchkey) => Promise<unknown>> = {
  fetches: ({ fetch }) => fetch(ME),
  refreshes: ({ refresh }) => refresh(),
  clears: ({ clear }) => clear(),
  'signs in': ({ set }) => set({ access_token: 'from-within' }),
  'is not ready to wait': ({ ready }) => ready(),
}

/** What each call does in a listener of that one event, and what the refresh comes to for who asked. */
async function calledWithin(event: string, call: (latchkey: Latchkey) => Promise<unknown>) {
  const made = await withEndpoint(endings[event] ?? [])
  const inner: Promise<unknown>[] = []
  made.latchkey.subscribe((_, { type }) => {
    if (type === event && inner.length === 0) inner.push(codeOf(call(made.latchkey)))
  })
  const outer = await codeOf(made.latchkey.refresh())
  await expect.poll(() => inner.length).toBe(1)
  return { ...made, outer, inner: await Promise.all(inner) }
}

for (const event of Object.keys(endings)) {
  test.for(Object.entries(calls))(
    `a listener that hears of "${event}" and %s is answered`,
    async ([, call]) => {
      const { inner, outer, types } = await calledWithin(event, call)
      expect(inner.every((code) => code === 'fulfilled' || /^ERR_/.test(`${code}`))).toBe(true)
      expect(outer === 'fulfilled' || /^ERR_/.test(`${outer}`)).toBe(true)
      await settled()
      expect(types()[0]).toBe(event)
    },
  )

  test(`a listener that throws at "${event}", or never settles, disturbs nobody`, async () => {
    const { latchkey, types } = await withEndpoint(endings[event] ?? [])
    latchkey.subscribe((_, { type }) => {
      if (type === event) throw new Error('the listener’s own')
    })
    latchkey.subscribe(never)
    await codeOf(latchkey.refresh())
    await settled()
    expect(types()).toEqual([event])
    expect(toThePage.map(String)).toEqual(['Error: the listener’s own'])
  })
}

test('who asks for the next refresh at each failure is told when, and nobody else is asked', async () => {
  const { latchkey, endpoint, types } = await withEndpoint([refused, refused])
  const codes: unknown[] = []
  latchkey.subscribe((_, { type }) => {
    if (type === 'degraded') void codeOf(latchkey.refresh()).then((code) => codes.push(code))
  })
  await codeOf(latchkey.refresh())
  await settled()
  expect([codes, types()]).toEqual([['ERR_REFRESH_FAILED'], ['degraded']])
  expect(endpoint.spent).toHaveLength(1)
})

test('what a listener does at the end of a session is done after it has ended', async () => {
  const { latchkey, inner } = await calledWithin('signed-out', ({ set }) => set({ access_token: 'next' }))
  expect([inner, latchkey.state.status]).toEqual([['fulfilled'], 'signed-in'])
})
