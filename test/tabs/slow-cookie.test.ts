import { expect, test } from 'vitest'
import { scenesIn } from './scene.js'

const scene = scenesIn('chromium')

/** Firefox may show a page what another has put into localStorage before it shows the cookie; here it is certain. */
const lagging = `(() => {
  const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
  let isBehind = true
  const read = () => {
    const cookies = get.call(document)
    if (!isBehind || !cookies.includes('access=')) return cookies
    isBehind = false
    return ''
  }
  Object.defineProperty(document, 'cookie', { get: read, set })
})()`

test('a tab that is shown the rest of a credential before its cookie waits for that, and erases nothing', async () => {
  const at = await scene({ strategy: 'cookie' })
  const [tab, behind] = [await at.open(), await at.open()]
  await behind.evaluate(lagging)
  await tab.evaluate("signIn('user-1')")
  await behind.waitFor("latchkey.state.status === 'signed-in'")
  expect(JSON.parse(await tab.stored())).toHaveProperty('refresh_token')
  expect((await behind.state()).expiresAt).toBe((await tab.state()).expiresAt)
})
