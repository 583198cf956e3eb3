import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import type { Page } from '../harness/engine.js'
import { sharedBrowser } from './scene.js'
import { sitesIn } from './sites.js'

const hashes: Record<string, string> = JSON.parse(
  readFileSync(new URL('../../dist/sri.json', import.meta.url), 'utf8'),
)

/** Notes what the page is told before any tag of ours is there. */
const WATCH = `<script>
  const told = []
  const exists = () => typeof Latchkey
  addEventListener('error', ({ error }) => told.push([exists(), error.name, error.message.split('\\n')]))
  addEventListener('latchkey:loaded-twice', ({ detail }) => told.push(detail))
</script>`

const TAG = '<script src="latchkey.min.js"'
const SIGNED_IN = `Latchkey.instance.set({ access_token: 'token', token_type: 'bearer' })`

describe.each(usableEngines())('a page that cannot be built, in %s,', (engine) => {
  const { place } = sitesIn(engine)
  const pages: Page[] = []
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close()
  })
  const open = async (html: string) => {
    const at = place('localhost', 0)
    const page = await (await sharedBrowser(engine)).open(
      at.at(`markup?${new URLSearchParams({ html: WATCH + html })}`),
    )
    pages.push(page)
    return { page, at }
  }

  test('says by attributes what it wants, from a CDN with integrity, and its old code is signed in', async () => {
    const src = place('localhost', 1).at('latchkey.min.js')
    const { page, at } = await open(
      `<script src="${src}" integrity="${hashes['latchkey.min.js']}" crossorigin="anonymous"
        data-strategy="token" data-storage="session" data-allowed-origins="self https://api.example.com"
        data-install data-of-another="a"></script>`,
    )
    const sent = await page.evaluate(`(async () => {
      await ${SIGNED_IN}
      const xhr = new XMLHttpRequest()
      xhr.open('GET', 'echo')
      xhr.send()
      await new Promise((resolve) => xhr.addEventListener('loadend', resolve))
      const first = JSON.parse(xhr.responseText).headers.authorization
      Latchkey.uninstall()
      const second = (await (await fetch('echo')).json()).headers.authorization
      Latchkey.install()
      const third = (await (await fetch('echo')).json()).headers.authorization
      await Latchkey.instance.clear()
      return [first, second ?? null, third, Object.isFrozen(Latchkey), Latchkey.instance.state.strategy, told]
    })()`)
    expect(sent).toEqual(['Bearer token', null, 'Bearer token', true, 'token', []])
    expect((await at.log()).filter(({ url }) => url.endsWith('/echo')).length).toBe(3)
  })

  test('has its configuration in a JSON block, one for each environment', async () => {
    const config = {
      allowedOrigins: ['self'],
      environments: {
        here: { hosts: ['localhost'], strategy: { type: 'session', csrf: { type: 'django' } } },
        there: { hosts: ['app.example.com'], strategy: { type: 'token' } },
      },
    }
    const block = `<script type="application/json" id="config">${JSON.stringify(config)}</script>`
    const { page } = await open(
      `${block}${TAG} data-config="#config"></script><script>const first = Latchkey.instance</script>
      <iframe srcdoc="${`${TAG} defer data-config='#config' data-environment='there'></script>${block}`.replaceAll('"', '&quot;')}"></iframe>`,
    )
    const names = '[first.state.strategy, frames[0].Latchkey.instance.state.strategy, told]'
    await page.waitFor('frames[0]?.Latchkey', 10_000)
    expect(await page.evaluate(names)).toEqual(['session', 'token', []])
  })

  test('is told all that is wrong, and has the library all the same', async () => {
    const { page } = await open(
      `${TAG} data-strategy="jwy" data-storage="local" data-allowed-origin="*" data-install="no"></script>`,
    )
    await page.waitFor('told.length > 0')
    const [[exists, name, [head, ...lines]]] =
      await page.evaluate<[[string, string, [string, ...string[]]]]>('told')
    expect([exists, name, head]).toEqual(['object', 'TypeError', '"config" must be right in 4 places:'])
    expect(lines.map((line) => line.split(' must ')[0]).sort()).toEqual([
      'data-allowed-origin',
      'data-allowed-origins',
      'data-install',
      'data-strategy',
    ])
    expect(lines.join()).not.toContain('jwy')
    expect(await page.evaluate('[typeof Latchkey.install, Latchkey.instance ?? null]')).toEqual([
      'function',
      null,
    ])
    const native = 'Function.prototype.toString.call(fetch).includes("[native code]")'
    expect(await page.evaluate(native)).toBe(true)
  })

  test('keeps the first of two, and is told so', async () => {
    const { page, at } = await open(
      `${TAG}></script><script>const first = Latchkey</script>
      ${TAG} data-strategy="memory" data-allowed-origins="self"></script>`,
    )
    const src = at.at('latchkey.min.js')
    expect(await page.evaluate('[Latchkey === first, Latchkey.instance ?? null, told]')).toEqual([
      true,
      null,
      [{ src, ignored: ['data-strategy', 'data-allowed-origins'] }],
    ])
  })

  test('takes nothing from an element that others may have written, whatever its name', async () => {
    const { page } = await open(
      `<img name="currentScript" data-strategy="memory" data-allowed-origins="self">${TAG}></script>
      <div id="config">{"strategy":{"type":"memory"},"allowedOrigins":["self"]}</div>
      <script>const clobbered = document.currentScript.localName, first = Latchkey.instance
      delete globalThis.Latchkey
      document.querySelector('img').remove()</script>`,
    )
    expect(await page.evaluate('[clobbered, first ?? null, told]')).toEqual(['img', null, []])
  })

  test('has all in the one file that it verifies: streams, the diagnosis, a client and a move load nothing', async () => {
    const { page } = await open(`${TAG} data-strategy="memory" data-allowed-origins="self"></script>`)
    const outcome = await page.evaluate(`(async () => {
      await ${SIGNED_IN}
      const { bearer, createClient, defineStrategy, instance, storeChain } = Latchkey
      const scripts = () =>
        performance.getEntriesByType('resource').filter(({ name }) => /[.]m?js$/.test(name)).length
      const before = scripts()
      const { headers } = await createClient(instance, { prefix: new URL('.', location).href }).get('echo').json()
      const source = instance.eventSource('ticking/1/1')
      const { data } = await new Promise((resolve) => source.addEventListener('message', resolve))
      source.close()
      const found = (await instance.diagnose('echo')).map(({ code }) => code)
      const store = storeChain(['session', 'memory'])
      const next = await instance.migrate(defineStrategy({ name: 'next', store, placement: bearer() }))
      return [headers.authorization, data, found, next.state.strategy, scripts() - before]
    })()`)
    expect(outcome).toEqual(['Bearer token', '1', [], 'next', 0])
  })

  test('imports one file, by its address or an import map, and a worker loads the other', async () => {
    const { page } = await open(
      `<script type="importmap">{ "imports": { "latchkey": "./latchkey.min.mjs" } }</script>
      <script type="module">
        import * as mapped from 'latchkey'
        import { createLatchkey, memoryStrategy } from './latchkey.min.mjs'
        const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'] })
        await latchkey.set({ access_token: 'token' })
        const { headers } = await (await latchkey.fetch('echo')).json()
        const findings = await latchkey.diagnose(location.href)
        const code = "importScripts('" + new URL('latchkey.min.js', location) + "'); " +
          "const { install, uninstall, instance, ...rest } = Latchkey; const native = fetch; " +
          "install({ allows: () => false, fetch }); const patched = fetch !== native; uninstall(); " +
          "postMessage([Object.keys(rest).length, patched, fetch === native, 'fetch' in self, String(instance)])"
        const worker = new Worker(URL.createObjectURL(new Blob([code])))
        const [count, ...inWorker] = await new Promise((resolve) => {
          worker.onmessage = ({ data }) => resolve(data)
          worker.onerror = ({ message }) => resolve([0, message])
        })
        const isSame = mapped.createLatchkey === createLatchkey && count === Object.keys(mapped).length - 2
        globalThis.result = [headers.authorization, isSame, typeof Latchkey, ...inWorker, findings.length]
      </script>`,
    )
    await page.waitFor('globalThis.result', 20_000)
    expect(await page.evaluate('result')).toEqual([
      'Bearer token',
      true,
      'undefined',
      true,
      true,
      true,
      'undefined',
      0,
    ])
  })
})
