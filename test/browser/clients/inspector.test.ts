import { expect, onTestFinished, test, vi } from 'vitest'
import { defineInspector, inspect } from '../../../src/clients/inspector/index.js'
import {
  jwtStrategy,
  LatchkeyError,
  type LatchkeyOptions,
  memoryStrategy,
  sessionStrategy,
} from '../../../src/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { ownName } from '../fixtures.js'
import { ANN, API, make, readable, shown } from './inspector-fixtures.js'

/** An instance with a JWT that is kept, and its own place. */
const kept = (more: Partial<LatchkeyOptions> = {}) => {
  onTestFinished(() => localStorage.clear())
  return make({ strategy: jwtStrategy({ storage: 'local' }), name: ownName(), ...more })
}

test('it shows who is signed in, how the credential is kept, and its fingerprint', async () => {
  const latchkey = kept()
  const { fact } = shown(latchkey)
  await latchkey.set(ANN)
  await expect.poll(() => fact('Fingerprint')).toBe(await latchkey.fingerprint())
  expect(fact('Status')).toBe('signed-in')
  expect(fact('User')).toBe('ann')
  expect(fact('Strategy')).toBe('jwt')
  expect(fact('Rests in')).toBe('localStorage, also after the browser was closed')
})

test('it shows the claims', async () => {
  const latchkey = kept()
  const { all } = shown(latchkey)
  await latchkey.set(ANN)
  await expect
    .poll(() => JSON.parse(all('pre')[0]?.textContent || '{}'))
    .toEqual({ sub: 'ann', role: 'admin' })
  expect(all('summary').map((one) => one.textContent)).toEqual(['Claims, not verified'])
})

test('a bar shows what is left of its life, also where most of that was over before the page was opened', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const latchkey = make()
  await latchkey.set(ANN)
  vi.setSystemTime(Date.now() + 1_800_000)
  const { all, fact } = shown(latchkey)
  const [bar] = all('meter') as HTMLMeterElement[]
  expect([fact('Life that is left'), bar?.value]).toEqual(['00:30:00 of 01:00:00', 0.5])
  vi.advanceTimersByTime(900_000)
  expect([fact('Life that is left'), bar?.value]).toEqual(['00:15:00 of 01:00:00', 0.25])
  vi.advanceTimersByTime(900_000)
  expect([fact('Life that is left'), bar?.value]).toEqual(['over: the next request will notice', 0])
})

test('a credential without an end has no bar, and neither has none', async () => {
  const latchkey = make()
  const { all, fact } = shown(latchkey)
  const isShown = () => all('meter').map((bar) => !bar.hidden && bar.getClientRects().length > 0)
  await latchkey.ready()
  expect([fact('Life that is left'), isShown()]).toEqual(['none', [false]])
  await latchkey.set({ access_token: 'opaque' })
  await expect.poll(() => fact('Life that is left')).toBe('nobody said when it ends')
  expect(isShown()).toEqual([false])
  await latchkey.set(ANN)
  await expect.poll(isShown).toEqual([true])
})

test('of a session cookie it says that script can’t read it', async () => {
  const latchkey = make({ strategy: sessionStrategy() as never })
  onTestFinished(() => localStorage.clear())
  const { fact } = shown(latchkey)
  await latchkey.set({} as never)
  await expect.poll(() => fact('Fingerprint')).toBe('none: script can’t read it')
})

test('each request is there, with why it carried the credential or not', async () => {
  const latchkey = make({ allowedOrigins: [`${API}/v1`] })
  const { rows } = shown(latchkey)
  await latchkey.fetch(`${API}/v1/me?secret=1`)
  await latchkey.set(ANN)
  await latchkey.fetch(`${API}/v1/me?secret=1`)
  await latchkey.fetch(`${API}/v2/me`)
  await latchkey.fetch('https://other.example/v1')
  await latchkey.fetch(`${API}/v1/me`, { headers: { Authorization: 'Basic eDp5' } })
  await settled()
  expect(rows().reverse()).toEqual([
    'this tab · memory is watched from now on',
    'this tab · memory is signed out',
    `this tab · memory sent a request to ${API} without: nobody is signed in`,
    'this tab · memory signed in',
    `this tab · memory sent a request to ${API} with the credential, or left its cookie to the browser`,
    `this tab · memory sent a request to ${API} without: the origin is on the list, the path is not`,
    'this tab · memory sent a request to https://other.example without: the origin is not on the list',
    `this tab · memory sent a request to ${API} without: the caller had set the header`,
  ])
})

test('each refresh is there with what came of it', async () => {
  const answers: (() => Promise<typeof ANN | null>)[] = [
    async () => ANN,
    () => Promise.reject(new Error('the server is down')),
    async () => null,
  ]
  let now = Date.now()
  const refresh = async () => (await answers.shift()?.()) ?? null
  const latchkey = make({ refresh, now: () => now })
  const { rows, fact } = shown(latchkey)
  await latchkey.set(ANN)
  for (let turn = 0; turn < 3; turn += 1) {
    await latchkey.refresh().catch(() => {})
    now += 60_000
  }
  await settled()
  expect(rows().slice(0, 3).reverse()).toEqual([
    'this tab · memory renewed the credential',
    'this tab · memory could not renew the credential, and keeps it: ERR_REFRESH_FAILED',
    'this tab · memory is signed out: rotation-outcome-unknown',
  ])
  expect(fact('Status')).toBe('signed-out: rotation-outcome-unknown')
})

test('the timeline keeps the last 200', async () => {
  const latchkey = make()
  const { rows } = shown(latchkey)
  for (let turn = 0; turn < 250; turn += 1) await latchkey.fetch(`https://n${turn}.example/`)
  await settled()
  expect([rows().length, rows()[0], rows()[199]].join()).toMatch(/^200,.*\/\/n249\..*\/\/n50\./)
})

test('several instances have a panel each, and their names in the timeline', async () => {
  const [one, other] = [make(), kept()]
  const { all, fact, rows } = shown(one, other)
  await other.ready()
  await one.set({ access_token: 'x' })
  await other.set(ANN)
  await settled()
  expect(all('[role=group][aria-label]').map((panel) => panel.getAttribute('aria-label'))).toEqual([
    '1 memory',
    '2 jwt',
    'What happened, the newest first',
  ])
  expect([fact('User', 0), fact('User', 1)]).toEqual(['none', 'ann'])
  expect(rows().slice(0, 2)).toEqual(['this tab · 2 jwt signed in', 'this tab · 1 memory signed in'])
})

test('what it says can be replaced, in whole or in part, also when it is shown already', async () => {
  const latchkey = make()
  const { inspector, fact, rows, text } = shown(latchkey)
  await latchkey.ready()
  inspector.words = { status: '状态', thisTab: '本标签页', initial: '开始被观察' }
  expect([fact('状态'), rows()]).toEqual(['signed-out', ['本标签页 · memory 开始被观察']])
  expect(text()).toContain('Strategy')
})

test('an element that stood in the page before it was defined has what was set on it', async () => {
  const tag = `x-${ownName()}`
  const early = document.body.appendChild(document.createElement(tag))
  onTestFinished(() => early.remove())
  const latchkey = make()
  Object.assign(early, { latchkeys: [latchkey], words: { status: 'How it is' } })
  const made = defineInspector(tag)
  expect([early instanceof made, defineInspector(tag)]).toEqual([true, made])
  await latchkey.ready()
  await expect.poll(() => readable(early).fact('How it is')).toBe('signed-out')
  expect(Object.keys(early)).toEqual([])
})

test('an element without an instance says so, and takes a list of instances alone', () => {
  const { inspector, text } = shown()
  expect(text()).toContain('set the property latchkeys')
  const { subscribe } = make()
  for (const wrong of [[{}], [undefined], [1], [{ subscribe }], make(), 1, 'text'])
    expect(() => Object.assign(inspector, { latchkeys: wrong })).toThrow(/^"latchkeys" must /)
  expect(() => inspect({} as never)).toThrow(TypeError)
})

test('the same list once more, as a framework sets it, begins nothing anew', async () => {
  const latchkey = make()
  const { inspector, types } = shown(latchkey)
  await latchkey.ready()
  await latchkey.set(ANN)
  await settled()
  inspector.latchkeys = [latchkey]
  expect(types()).toEqual(['signed-in', 'signed-out', 'initial'])
  inspector.latchkeys = []
  expect(types()).toEqual([])
})

test('the same words once more, as a framework sets them, begin nothing anew either', async () => {
  const latchkey = make()
  const { inspector, types, fact } = shown(latchkey)
  await latchkey.ready()
  inspector.words = { status: 'How it is' }
  await latchkey.set(ANN)
  await settled()
  const before = types()
  inspector.words = { status: 'How it is' }
  expect([types(), before.length]).toEqual([before, 2])
  const words = { status: 'How it is' }
  inspector.words = words
  words.status = 'Otherwise'
  expect(inspector.words).toEqual({ status: 'How it is' })
  inspector.words = words
  expect([types(), fact('Otherwise')]).toEqual([['initial'], 'signed-in'])
})

test('a word that is no text is the English one', async () => {
  const latchkey = make()
  const { inspector, fact } = shown(latchkey)
  await latchkey.set({ access_token: 'opaque' })
  inspector.words = { status: undefined, endless: 1, attached: null } as never
  await latchkey.fetch(`${API}/me`)
  expect([fact('Status'), fact('Life that is left')]).toEqual(['signed-in', 'nobody said when it ends'])
})

test('claims that JSON can’t have are shown by their names', async () => {
  const latchkey = make({ strategy: sessionStrategy() as never })
  onTestFinished(() => localStorage.clear())
  const { all } = shown(latchkey)
  await latchkey.set({ claims: { sub: 'ann', balance: 1n } } as never)
  await expect.poll(() => all('pre')[0]?.textContent).toBe('sub, balance')
})

test('a fingerprint that can’t be had says why', async () => {
  const latchkey = make()
  const failed = new LatchkeyError('ERR_CONNECTION_FAILED')
  const { subscribe } = latchkey
  const broken = { subscribe, state: latchkey.state, fingerprint: () => Promise.reject(failed) }
  const { fact } = shown(broken)
  await expect.poll(() => fact('Fingerprint')).toBe('ERR_CONNECTION_FAILED')
})

test('an instance is called by the strategy that it has moved to', async () => {
  const [latchkey, other] = [make({ strategy: jwtStrategy({ storage: 'session' }), name: ownName() }), make()]
  const { all } = shown(latchkey, other)
  await latchkey.set(ANN)
  await latchkey.migrate(memoryStrategy())
  const names = () => all('section [role=group]').map((panel) => panel.getAttribute('aria-label'))
  await expect.poll(() => names()[0]).toBe('1 memory')
  expect(all('[part=name]').map((name) => name.textContent)).toEqual(['1 memory', '2 memory'])
})
