import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type * as Library from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { attributes } from './cookie-fixtures.js'
import { dropCookie } from './fixtures.js'

const source = new URL('../../src/index.ts', import.meta.url).href
const frames: HTMLIFrameElement[] = []

function forgetAll(): void {
  for (const frame of frames.splice(0)) frame.remove()
  dropCookie('embedded')
  dropCookie('embedded', '; secure; samesite=none; partitioned')
  localStorage.clear()
}

beforeEach(forgetAll)
afterEach(forgetAll)

/** A frame in this page, of another origin, that runs functions which refer to nothing of this module. */
async function frameAt(hostname: string) {
  const url = new URL(newBench().api.at(`runner?library=${encodeURIComponent(source)}`))
  url.hostname = hostname
  const frame = document.createElement('iframe')
  frames.push(frame)
  frame.src = url.href
  const isReady = new Promise((resolve) => {
    addEventListener('message', ({ source }) => source === frame.contentWindow && resolve(undefined))
  })
  document.body.append(frame)
  await isReady
  return <T>(run: (library: typeof Library) => Promise<T>) =>
    new Promise<T | string>((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => resolve(data)
      frame.contentWindow?.postMessage(`${run}`, '*', [port2])
    })
}

async function signIn({ cookieStrategy, createLatchkey }: typeof Library) {
  const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') ?? {}
  const lines: string[] = []
  const spy = (line: string) => {
    lines.push(line)
    set?.call(document, line)
  }
  Object.defineProperty(document, 'cookie', { configurable: true, get: () => get?.call(document), set: spy })
  const strategy = cookieStrategy({ name: 'embedded', sameSite: 'None', partitioned: true })
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name: 'embedded' })
  const code = await latchkey.set({ access_token: 'a' }).then(
    () => 'fulfilled',
    ({ code }) => code,
  )
  return { code, lines }
}

async function statusAtStart({ cookieStrategy, createLatchkey }: typeof Library) {
  const strategy = cookieStrategy({ name: 'embedded', sameSite: 'None', partitioned: true })
  const { status } = await createLatchkey({ strategy, allowedOrigins: ['self'], name: 'embedded' }).ready()
  return [status, document.cookie]
}

async function signOut({ cookieStrategy, createLatchkey }: typeof Library) {
  const strategy = cookieStrategy({ name: 'embedded', sameSite: 'None', partitioned: true })
  await createLatchkey({ strategy, allowedOrigins: ['self'], name: 'embedded' }).clear()
  return document.cookie
}

// WebKit keeps no Secure cookie that came over plain http, and says so.
const isKept = inject('engine') !== 'webkit'

describe.for(['127.0.0.1', 'localhost'])(
  'in a frame on %s, of another origin than the page around it',
  (hostname) => {
    test('a cookie is written with SameSite=None and Partitioned, and kept or refused', async () => {
      const run = await frameAt(hostname)
      const { code, lines } = Object(await run(signIn))
      const line = lines.find((one: string) => one.startsWith('embedded=a'))
      expect(attributes(line)).toEqual(['partitioned', 'path=/', 'samesite=none', 'secure'])
      expect(code).toBe(isKept ? 'fulfilled' : 'ERR_COOKIE_REFUSED')
    })

    test('the next frame finds it, and signs out', async () => {
      await (await frameAt(hostname))(signIn)
      const next = await frameAt(hostname)
      expect(await next(statusAtStart)).toEqual(isKept ? ['signed-in', 'embedded=a'] : ['signed-out', ''])
      expect(await next(signOut)).toBe('')
      expect(await (await frameAt(hostname))(statusAtStart)).toEqual(['signed-out', ''])
    })
  },
)

test('a worker has no cookie, and says so in good order', async () => {
  const script = `import(${JSON.stringify(source)}).then(async ({ cookieStrategy, createLatchkey }) => {
    const strategy = cookieStrategy({ name: 'embedded', sameSite: 'None', partitioned: true })
    const latchkey = createLatchkey({ strategy, allowedOrigins: ['https://api.example.com'], name: 'embedded' })
    const errors = []
    latchkey.subscribe((state, { error }) => error && errors.push(error.code))
    const { status } = await latchkey.ready()
    await new Promise((resume) => setTimeout(resume))
    const code = await latchkey.set({ access_token: 'a' }).catch(({ code }) => code)
    postMessage([status, errors, code])
  }).catch((error) => postMessage(String(error)))`
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), {
    type: 'module',
  })
  const said = await new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data)))
  worker.terminate()
  expect(said).toEqual(['signed-out', [], 'ERR_STORAGE_FAILED'])
})
