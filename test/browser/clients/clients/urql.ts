import { Client, fetchExchange } from '@urql/core'
import type { MakeClient } from '../client.js'
import { ASK, type Asked, RENAME, type Renamed } from '../graphql.js'

export const makeUrql: MakeClient = ({ fetch }, base) => {
  const api = new Client({ url: `${base}/graphql`, exchanges: [fetchExchange], fetch })
  return {
    read: async () => (await api.query<Asked>(ASK, {})).data?.me.name ?? 'no answer',
    write: async (name) => (await api.mutation<Renamed>(RENAME, { name })).data?.rename.name ?? 'no answer',
  }
}
