import { createLatchkey, sessionStrategy } from 'latchkey'
import { kept } from './kept.js'

export const name = 'latchkey session'
export const sends = 'cookie'

export const { create, login, store, open } = kept(
  () => createLatchkey({ strategy: sessionStrategy(), allowedOrigins: ['self'] }),
  ({ expires_in }) => ({ expires_in }),
)
