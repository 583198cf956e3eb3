import { createLatchkey, type Strategy } from '../../../src/index.js'
import { filled, words } from '../word.js'
import { said } from './said.js'

/** What latchkey says when it is given the token to keep, in words. Nothing of it stays. */
export async function taken(strategy: Strategy, access_token: string): Promise<string> {
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name: 'limits' })
  try {
    await latchkey.set({ access_token })
    return filled(words.limits.taken, { place: latchkey.state.storage.name, length: access_token.length })
  } catch (error) {
    return said(error)
  } finally {
    await latchkey.clear()
    latchkey.dispose()
  }
}
