import { createLatchkey, tokenStrategy } from '../../../src/index.js'

/** What an instance is good for where there is no page: signs in, is found again, renews, sends and signs out. */
export async function life(origin: string, url: string, name: string) {
  const refresh = async () => ({ access_token: 'renewed' })
  const make = () => createLatchkey({ strategy: tokenStrategy(), allowedOrigins: [origin], name, refresh })
  await make().set({ access_token: 'token' })
  const latchkey = make()
  const { status, storage } = await latchkey.ready()
  await latchkey.refresh()
  const answer = await latchkey.fetch(url)
  const { headers } = await answer.json()
  await latchkey.clear()
  return [status, storage.name, headers.authorization, latchkey.state.status]
}

/** Does so when it is told to, and answers. Importing the library must not have thrown. */
export function answering(target: Pick<Window, 'addEventListener'>): void {
  target.addEventListener('message', ({ data, ports: [port] }) => {
    const { origin, url, name } = data
    life(origin, url, name).then(
      (told) => port?.postMessage(told),
      (error) => port?.postMessage(String(error)),
    )
  })
}
