import { createClient } from '../../../../src/index.js'
import type { MakeClient, User } from '../client.js'

export const makeCreateClient: MakeClient = (latchkey, base) => {
  const api = createClient(latchkey, { prefix: base })
  return {
    read: async () => (await api.get<User>('rest').json()).name,
    write: async (name) => (await api.post<User>('rest', { json: { name } }).json()).name,
  }
}
