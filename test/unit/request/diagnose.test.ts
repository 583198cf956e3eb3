import { afterEach, expect, test } from 'vitest'
import { createLatchkey, memoryStrategy, sessionStrategy } from '../../../src/index.js'
import { diagnose } from '../../../src/request/diagnose/diagnose.js'
import { sharedDomain } from '../../../src/request/diagnose/site.js'
import { createOrigins } from '../../../src/request/origins.js'

const before = location.href
const goTo = (url: string) => Object(globalThis).happyDOM.setURL(url)

afterEach(() => goTo(before))

test('what a browser would not even send from an https page is told, and not sent', async () => {
  goTo('https://app.example/')
  const sent: string[] = []
  const fetch = async ({ url }: Request) => {
    sent.push(url)
    return new Response()
  }
  const allowedOrigins = ['http://api.example', 'http://localhost:1']
  const strategy = memoryStrategy()
  const latchkey = createLatchkey({ strategy, allowedOrigins, allowInsecureOrigins: true, fetch })
  const [found] = await latchkey.diagnose('http://api.example/')
  expect([found?.code, sent]).toEqual(['mixed-content', []])
  expect(found?.message).toContain('https')
  await latchkey.diagnose('http://localhost:1/')
  expect(sent).toEqual(['http://localhost:1/'])
})

test('a fetch of the app’s own that throws is taken for a server that was not reached', async () => {
  const fetch = async () => {
    throw new Error('of its own')
  }
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: ['https://api.example'],
    fetch,
  })
  expect((await latchkey.diagnose('https://api.example/')).map(({ code }) => code)).toEqual(['unreachable'])
})

/** Has the page keep cookies as a browser does, which knows that `co.uk` is everybody’s. */
function keepCookies(): () => void {
  let kept = ''
  const set = (line: string) => {
    if (!/Domain=co\.uk/.test(line)) kept = /Max-Age=0/.test(line) ? '' : line.replace(/;.*/, '')
  }
  Object.defineProperty(document, 'cookie', { configurable: true, get: () => kept, set })
  return () => Reflect.deleteProperty(document, 'cookie')
}

test.each([
  ['app.example.com', 'api.example.com', '"Domain=example.com"'],
  ['app.co.uk', 'api.co.uk', 'csrfEndpoint() instead'],
])('to %s, a CSRF cookie of %s needs %s', async (own, host, remedy) => {
  goTo(`https://${own}/`)
  const putBack = keepCookies()
  const [found] = await diagnose(`https://${host}/`, {
    origins: createOrigins([`https://${host}`], false),
    fetch: async () => new Response(),
    isAuthFailure: () => false,
    refreshTimeoutSeconds: 1,
    session: { ready: Promise.resolve(), current: () => undefined, check: () => {} },
    strategyOf: () => sessionStrategy(),
    csrfCookie: 'csrftoken',
  }).finally(putBack)
  expect(found?.code).toBe('csrf-cookie')
  expect(found?.message.includes('Domain=')).toBe(remedy.includes('Domain='))
  expect(found?.message).toContain(remedy)
})

test.each([
  ['app.example.com', 'api.example.com', 'example.com'],
  ['example.com', 'api.example.com', 'example.com'],
  ['a.b.example.com', 'c.b.example.com', 'b.example.com'],
  ['app.co.uk', 'api.co.uk', 'co.uk'],
  ['app.example.com', 'app.example.org', undefined],
  ['badexample.com', 'example.com', undefined],
  ['app.localhost', 'api.localhost', undefined],
  ['127.0.0.1', '10.0.0.1', undefined],
  ['[::1]', '[::2]', undefined],
])('the domain that %s may share with %s is %s', (one, other, shared) => {
  expect(sharedDomain(one, other)).toBe(shared)
})
