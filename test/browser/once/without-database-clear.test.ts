import { expect, test } from 'vitest'
import { grant, oneKey } from '../tabs-fixtures.js'
import { blocked, resume } from './store-fixtures.js'

test('without IndexedDB, a tab that signed in itself hears that another has cleared it', async () => {
  const { open } = oneKey({ indexedDB: blocked })
  const one = await open()
  await one.latchkey.set(grant(0))
  const other = await open()
  await other.latchkey.clear()
  await expect.poll(() => one.latchkey.state.reason).toBe('other-tab')
})

test('without IndexedDB, a tab that signed in itself sees that it was cleared when it comes to the front', async () => {
  const { name, open } = oneKey({ indexedDB: blocked })
  const { latchkey } = await open()
  await latchkey.set(grant(0))
  localStorage.removeItem(`latchkey.jwt.${name}`)
  resume()
  await expect.poll(() => latchkey.state.reason).toBe('other-tab')
})
