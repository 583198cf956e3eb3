import { createFetch } from 'ofetch'
import type { MakeClient, User } from '../client.js'

export const makeOfetch: MakeClient = ({ fetch }, baseURL) => {
  const api = createFetch({ fetch, defaults: { baseURL } })
  return {
    read: async () => (await api<User>('/rest')).name,
    write: async (name) => (await api<User>('/rest', { method: 'POST', body: { name } })).name,
  }
}
