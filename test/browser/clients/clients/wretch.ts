import wretch from 'wretch'
import type { MakeClient, User } from '../client.js'

export const makeWretch: MakeClient = ({ fetch }, base) => {
  const api = wretch(base).fetchPolyfill(fetch)
  return {
    read: async () => (await api.get('/rest').json<User>()).name,
    write: async (name) => (await api.post({ name }, '/rest').json<User>()).name,
  }
}
