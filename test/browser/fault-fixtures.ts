import { createLatchkey, jwtStrategy, type LatchkeyOptions } from '../../src/index.js'
import { listen } from '../shared/fixtures/events.js'
import { ownName } from './fixtures.js'

export const API = 'https://api.example.com'

/** An instance that does not wait long for its store; its API answers with the credential it got. */
export function make(options: Partial<LatchkeyOptions> = {}) {
  const latchkey = createLatchkey({
    strategy: jwtStrategy({ storage: 'local' }),
    allowedOrigins: [API],
    name: ownName(),
    storageTimeoutSeconds: 0.2,
    fetch: async ({ headers }) => new Response(headers.get('authorization')),
    ...options,
  })
  return { latchkey, ...listen(latchkey) }
}
