import { expect, test } from 'vitest'
import type { CredentialRecord } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { deferred, sleep } from '../../shared/fixtures/faults.js'
import { ME, signedIn } from '../../shared/fixtures/instance.js'

const asUser = (user: string, number = 0) => ({ access_token: `${user}-${number}`, refresh_token: user })
const subject = ({ refresh_token }: CredentialRecord) => refresh_token

/** Signed in as ann, whose refresh is under way until it is told what to answer. */
async function refreshing() {
  const answer = deferred<ReturnType<typeof asUser> | null | Error>()
  const sent: (string | null)[] = []
  const refresh = async () => {
    const outcome = await answer.promise
    if (outcome instanceof Error) throw outcome
    return outcome
  }
  const fetch = async ({ headers }: Request) => new Response(`${sent.push(headers.get('authorization'))}`)
  const made = await signedIn({ subject, refresh, fetch })
  await made.latchkey.set({ ...asUser('ann'), expires_in: 60 })
  made.clock.now += 61_000
  const waiting = codeOf(made.latchkey.fetch(ME))
  await sleep(5)
  made.events.length = 0
  return { ...made, answer, sent, waiting, stored: () => [...made.store.values.values()].join() }
}

const outcomes = { 'a new token': asUser('ann', 1), invalid_grant: null, 'a failure': new Error('down') }

test.for(Object.entries(outcomes))('%s that comes after clear changes nothing', async ([, outcome]) => {
  const { latchkey, answer, sent, waiting, stored, types } = await refreshing()
  await latchkey.clear()
  answer.resolve(outcome)
  expect(await waiting).toBe('ERR_SIGNED_OUT')
  await sleep(10)
  expect([latchkey.state.reason, stored(), types(), sent]).toEqual(['cleared', '', ['signed-out'], []])
})

test.for(Object.entries(outcomes))('%s that comes after a set changes nothing', async ([, outcome]) => {
  const { latchkey, answer, sent, waiting, stored, types } = await refreshing()
  const chosen = asUser('ann', 2)
  await latchkey.set(chosen)
  answer.resolve(outcome)
  expect(await waiting).toBe('fulfilled')
  await sleep(10)
  expect([latchkey.state.status, types()]).toEqual(['signed-in', ['signed-in']])
  expect([sent, stored().includes(chosen.access_token)]).toEqual([[`Bearer ${chosen.access_token}`], true])
})

test.for(Object.entries(outcomes))(
  '%s that comes after another user’s sign-in changes nothing',
  async ([, outcome]) => {
    const { latchkey, answer, sent, waiting, stored, types } = await refreshing()
    const bob = asUser('bob')
    await latchkey.set(bob)
    expect(await waiting).toBe('ERR_SIGNED_OUT')
    answer.resolve(outcome)
    await sleep(10)
    expect([latchkey.state.subject, types(), sent]).toEqual(['bob', ['user-changed'], []])
    expect(stored()).toContain(bob.access_token)
  },
)

test('a request refused with the first user’s credential is not sent again with the second’s', async () => {
  const { latchkey, api } = await signedIn({ subject })
  await latchkey.set(asUser('ann'))
  const late = deferred()
  api.before = () => late.promise
  const asked = latchkey.fetch(ME)
  await sleep(5)
  await latchkey.set(asUser('bob'))
  late.resolve()
  await settled()
  expect((await codeOf(asked)) === 'ERR_SIGNED_OUT' || (await asked).status === 401).toBe(true)
  expect(api.seen).toEqual([`Bearer ${asUser('ann').access_token}`])
})
