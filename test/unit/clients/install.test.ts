import { expect, onTestFinished, test } from 'vitest'
import { createLatchkey, install, memoryStrategy, uninstall } from '../../../src/index.js'

const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['https://api.example.com'] })

test('where the one cannot be replaced, the other is left as it was, too', () => {
  const { fetch, XMLHttpRequest } = globalThis
  const keys = Reflect.ownKeys(globalThis).length
  onTestFinished(() => void Object.assign(globalThis, { XMLHttpRequest }))
  // No class can be made of it.
  Object.assign(globalThis, { XMLHttpRequest: () => {} })
  expect(() => install(latchkey)).toThrow(TypeError)
  expect([globalThis.fetch === fetch, Reflect.ownKeys(globalThis).length]).toEqual([true, keys])
  globalThis.XMLHttpRequest = XMLHttpRequest
  install(latchkey)
  uninstall()
  expect([globalThis.fetch === fetch, globalThis.XMLHttpRequest === XMLHttpRequest]).toEqual([true, true])
})
