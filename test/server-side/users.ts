import { createLatchkey, type Latchkey, memoryStrategy } from '../../src/index.js'
import { listening } from '../shared/fixtures/listening.js'

/** As many as are rendered for at once. */
export const users: readonly string[] = Array.from({ length: 100 }, (_, index) => `user-${index}`)

/** One strategy for all, as a module has it: what it keeps has to be kept apart by instance. */
const strategy = memoryStrategy()

/** An instance for one user's request, who is signed in. */
export async function make(user: string): Promise<Latchkey> {
  const allowedOrigins = ['https://api.example.com']
  const latchkey = createLatchkey({ strategy, allowedOrigins, subject: () => user })
  await latchkey.set({ access_token: `token-of-${user}` })
  return latchkey
}

/** Renders for all users at once; fails if a listener is left, since no server unmounts anything. */
export function each(render: (latchkey: Latchkey) => Promise<string>): Promise<string[]> {
  const one = async (user: string) => {
    const { latchkey, count } = listening(await make(user))
    const html = await render(latchkey)
    if (count() > 0) throw new Error(`${count()} listeners are left`)
    latchkey.dispose()
    return html
  }
  return Promise.all(users.map(one))
}

export const asText = (stream: ReadableStream): Promise<string> => new Response(stream).text()
