import { RedisStore } from 'connect-redis'
import { createClient } from 'redis'
import { protectedByCsrfCsrf } from './csrf-csrf.js'
import { createExpress } from './express.js'
import { listen } from './listen.js'

/** One process of a web farm: whatever it knows of a session is in Redis. */
export async function serveFromFarm([url = '', port = '0']: readonly string[]): Promise<void> {
  const client = await createClient({ url }).connect()
  const app = createExpress(protectedByCsrfCsrf(), { store: new RedisStore({ client }) })
  console.log((await listen(app, Number(port))).port)
}
