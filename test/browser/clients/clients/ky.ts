import ky from 'ky'
import type { MakeClient, User } from '../client.js'

export const makeKy: MakeClient = ({ fetch }, base) => {
  const api = ky.create({ prefix: base, fetch })
  return {
    read: async () => (await api.get<User>('rest').json()).name,
    write: async (name) => (await api.post<User>('rest', { json: { name } }).json()).name,
  }
}
