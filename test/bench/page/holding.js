import { createLatchkey, memoryStrategy } from 'latchkey'
import { ended } from './growing.js'

const url = `${location.origin}/api/items`

let held = []
let end = () => {}

const create = (name) =>
  createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'], name: `held-${name}` })

export async function hold(count, tokens) {
  held = Array.from({ length: count }, (_, n) => create(n))
  await Promise.all(held.map((latchkey) => latchkey.set(tokens)))
  end = () => {
    for (const latchkey of held) latchkey.dispose()
  }
}

export async function wait(count, tokens) {
  const { latchkey, open } = await ended({ ...tokens, expires_in: 3600 })
  held = Array.from({ length: count }, () => latchkey.fetch(url))
  await new Promise((resolve) => setTimeout(resolve, 100))
  end = async () => {
    open()
    await Promise.all(held)
    latchkey.dispose()
  }
}

export async function ask(count, tokens) {
  const latchkey = create('asking')
  await latchkey.set(tokens)
  for (let n = 0; n < count; n++) await latchkey.fetch(url)
  end = () => latchkey.dispose()
}

export async function release() {
  await end()
  held = []
  end = () => {}
}
