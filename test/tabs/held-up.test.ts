import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { replaced } from './away.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

/** Keeps all others out of the credentials until `globalThis.isOver`, as a long write does. */
const OCCUPY = `new Promise((occupied, fail) => {
  globalThis.isOver = false
  const opening = indexedDB.open('latchkey.credentials')
  opening.onerror = () => fail(opening.error)
  opening.onsuccess = () => {
    const records = opening.result.transaction('credentials', 'readwrite').objectStore('credentials')
    const stay = () => {
      occupied()
      if (globalThis.isOver) opening.result.close()
      else records.get('').onsuccess = stay
    }
    records.get('').onsuccess = stay
  }
})`

/** Notes what the page begins in IndexedDB. */
const WATCH = `(() => {
  globalThis.begun = []
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...given) {
    begun.push(given.join(' '))
    return transaction.apply(this, given)
  }
})()`

/** Begins to sign in, and is left for another page as soon as that is true. */
async function leave(tab: Tab, isSoFar: string): Promise<() => Promise<void>> {
  await tab.evaluate("void signIn('user-1').catch(() => {})")
  await tab.waitFor(isSoFar)
  return replaced(tab)
}

describe.each(usableEngines())('in %s, a page that is left while it stores a credential', (engine) => {
  const scene = scenesIn(engine)

  test('holds up no other tab, and has what they have when it is back', async () => {
    const at = await scene({ strategy: 'token' })
    const [left, other] = [await at.signedIn(), await at.open()]
    await other.evaluate(OCCUPY)
    await left.evaluate(WATCH)
    // It holds the record that all tabs wait for.
    const comeBack = await leave(left, "begun.includes('credentials readwrite')")
    await other.evaluate('void (globalThis.isOver = true)')
    await other.evaluate("signIn('user-1')")
    expect(await other.state()).toMatchObject({ status: 'signed-in', persistent: true })
    await comeBack()
    // These keep it, and Chromium may load it anew.
    if (engine !== 'chromium') expect(await left.evaluate('globalThis.backAt')).toBeGreaterThan(0)
    await expect.poll(async () => (await left.state()).status).toBe('signed-in')
    const carried = async (tab: Tab) => (await tab.ask()).outcome
    expect([await carried(left), await carried(other)]).toEqual(['200', '200'])
    const newest = await other.evaluate('latchkey.fingerprint()')
    const shown = () => left.evaluate('latchkey.fingerprint()')
    // Firefox does not say to a page that is back what became of its transactions, so these have to time out.
    await expect.poll(shown, { timeout: 10_000 }).toBe(newest)
  })
})
