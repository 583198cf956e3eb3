import { createLatchkey, memoryStrategy } from 'latchkey'

export const name = 'latchkey memory'

let kept

export function store(tokens) {
  kept = tokens
}

export async function open() {
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'] })
  await latchkey.ready()
  await latchkey.set(kept)
  return latchkey.fetch
}
