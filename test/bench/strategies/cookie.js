import { cookieStrategy, createLatchkey } from 'latchkey'
import { kept } from './kept.js'

export const name = 'latchkey cookie'
export const sends = 'cookie'
export const longestToken = 4000

export const { create, login, store, open } = kept(() =>
  createLatchkey({ strategy: cookieStrategy({ name: 'access' }), allowedOrigins: ['self'] }),
)
