import { createLatchkey, tokenStrategy } from 'latchkey'
import { kept } from './kept.js'

export const name = 'latchkey token'

export const { create, login, store, open } = kept(() =>
  createLatchkey({ strategy: tokenStrategy(), allowedOrigins: ['self'] }),
)
