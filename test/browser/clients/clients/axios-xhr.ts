import axios from 'axios'
import { attachToAxios } from '../../../../src/index.js'
import type { MakeClient, User } from '../client.js'

export const makeAxiosXhr: MakeClient = (latchkey, baseURL) => {
  const api = axios.create({ baseURL })
  attachToAxios(api, latchkey)
  return {
    read: async () => (await api.get<User>('rest')).data.name,
    write: async (name) => (await api.post<User>('rest', { name })).data.name,
  }
}
