import { expect, onTestFinished, test } from 'vitest'
import { newBench } from '../harness/bench.js'
import { ownName } from './fixtures.js'
import { importInto, type Realm } from './realm.js'

/** A page of its own within this one, and the library there. */
async function pageWithLibrary() {
  const frame = document.createElement('iframe')
  onTestFinished(() => frame.remove())
  document.body.append(frame)
  const page = frame.contentWindow as Realm
  return { frame, page, library: await importInto(page) }
}

const callers = ['latchkey.fetch', 'the fetch of a page where it is installed'] as const

test.for(callers)('a request at unload is sent with the credential at once: by %s', async (caller) => {
  const { api } = newBench()
  const { frame, page, library } = await pageWithLibrary()
  const strategy = library.tokenStrategy()
  const latchkey = library.createLatchkey({ strategy, allowedOrigins: [api.origin], name: ownName() })
  await latchkey.set({ access_token: 'token', expires_in: 3600 })
  library.install(latchkey)
  const fetch = caller === 'latchkey.fetch' ? latchkey.fetch : page.fetch
  page.addEventListener('pagehide', () => {
    fetch(api.at('answers/200'), { method: 'POST', body: 'last words', keepalive: true }).catch(() => {})
  })
  frame.src = 'data:text/html,gone'
  const arrived = async () =>
    (await api.log())
      .filter(({ method }) => method === 'POST')
      .map(({ headers, bodyBase64 }) => [headers.authorization, atob(`${bodyBase64}`)])
  await expect.poll(arrived, { timeout: 10_000 }).toEqual([['Bearer token', 'last words']])
})
