import axios from 'axios'
import type { MakeClient, User } from '../client.js'

export const makeAxiosFetch: MakeClient = ({ fetch }, baseURL) => {
  const api = axios.create({ baseURL, adapter: 'fetch', env: { fetch } })
  return {
    read: async () => (await api.get<User>('rest')).data.name,
    write: async (name) => (await api.post<User>('rest', { name })).data.name,
  }
}
