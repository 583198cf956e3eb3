import { inspect } from '../../../src/clients/inspector/index.js'
import { createLatchkey, memoryStrategy } from '../../../src/index.js'

/** All that a page does which has a policy against everything else. */
const latchkey = createLatchkey({
  strategy: memoryStrategy(),
  allowedOrigins: ['https://api.example.com'],
  fetch: async () => new Response(),
})
await latchkey.set({ access_token: 'token', expires_in: 3600 })
Object.assign(globalThis, { inspector: inspect(latchkey) })
await latchkey.fetch('https://api.example.com/me')
