import { createLatchkey, jwtStrategy } from 'latchkey'
import { kept } from './kept.js'

export const name = 'latchkey jwt'

export const { create, login, store, open } = kept(() =>
  createLatchkey({ strategy: jwtStrategy({ storage: 'local' }), allowedOrigins: ['self'] }),
)
