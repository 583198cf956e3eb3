import { createLatchkey, memoryStrategy } from 'latchkey'

export const name = 'latchkey memory'

export const create = () => createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'] })
export const login = (tokens) => tokens

let kept

export function store(tokens) {
  kept = tokens
}

export async function open() {
  const latchkey = create()
  await latchkey.set(kept)
  return latchkey.fetch
}
