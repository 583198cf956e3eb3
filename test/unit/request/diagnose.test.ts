import { afterEach, expect, test } from 'vitest'
import { createLatchkey, memoryStrategy } from '../../../src/index.js'
import { sharedDomain } from '../../../src/request/site.js'

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
