import { createLatchkey, django, sessionStrategy } from 'latchkey'
import { kept } from './kept.js'

export const name = 'latchkey session with a CSRF cookie'
export const sends = 'cookie'
export const csrfHeader = 'X-CSRFToken'

const strategy = kept(
  () => createLatchkey({ strategy: sessionStrategy({ csrf: django() }), allowedOrigins: ['self'] }),
  ({ expires_in }) => ({ expires_in }),
)

export const { create, login, open } = strategy

export async function store(tokens) {
  // biome-ignore lint/suspicious/noDocumentCookie: as the server would set it
  document.cookie = `csrftoken=${'a'.repeat(32)}; path=/`
  await strategy.store(tokens)
}
