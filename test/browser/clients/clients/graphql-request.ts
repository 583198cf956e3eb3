import { GraphQLClient } from 'graphql-request'
import type { MakeClient } from '../client.js'
import { ASK, type Asked, RENAME, type Renamed } from '../graphql.js'

export const makeGraphqlRequest: MakeClient = ({ fetch }, base) => {
  const api = new GraphQLClient(`${base}/graphql`, { fetch })
  return {
    read: async () => (await api.request<Asked>(ASK)).me.name,
    write: async (name) => (await api.request<Renamed>(RENAME, { name })).rename.name,
  }
}
