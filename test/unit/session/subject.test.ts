import { expect, test } from 'vitest'
import { codeOf } from '../../shared/fixtures/events.js'
import { ME, signedIn, world } from '../../shared/fixtures/instance.js'

/** A `subject` of the app's own that can't cope with what a refresh brings. */
function picky() {
  let isPicky = false
  const subject = ({ refresh_token }: { refresh_token?: string | undefined }) => {
    if (isPicky && refresh_token !== 'rt-0') throw new Error('the app’s own')
    return 'ann'
  }
  return { subject, begin: () => (isPicky = true) }
}

test('a subject option that throws loses no rotation: the answer is in the store all the same', async () => {
  const { subject, begin } = picky()
  const { latchkey, refresh, store } = await signedIn({ subject })
  begin()
  await codeOf(latchkey.refresh())
  expect([...store.values.values()].join()).toContain('rt-1')
  expect(refresh.calls).toBe(1)
})

test('the spent refresh token is not spent once more for it, and a reload has the new one', async () => {
  const { subject, begin } = picky()
  const spent: unknown[] = []
  const refresh = async ({ credential }: { credential: { refresh_token?: string | undefined } }) => {
    const calls = spent.push(credential.refresh_token)
    return { access_token: `at-${calls}`, refresh_token: `rt-${calls}` }
  }
  const { latchkey, store, clock } = await signedIn({ subject, refresh })
  begin()
  for (let i = 0; i < 3; i += 1) {
    clock.now += 3601 * 1000
    await codeOf(latchkey.fetch(ME))
  }
  const next = world({ now: () => clock.now }, store).latchkey
  expect((await next.ready()).status).toBe('signed-in')
  expect(new Set(spent).size).toBe(spent.length)
})
