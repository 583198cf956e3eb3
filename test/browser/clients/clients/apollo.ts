import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import type { MakeClient } from '../client.js'
import { ASK, type Asked, RENAME, type Renamed } from '../graphql.js'

export const makeApollo: MakeClient = ({ fetch }, base) => {
  const link = new HttpLink({ uri: `${base}/graphql`, fetch })
  const api = new ApolloClient({ link, cache: new InMemoryCache() })
  return {
    read: async () => (await api.query<Asked>({ query: gql(ASK) })).data?.me.name ?? 'no answer',
    write: async (name) =>
      (await api.mutate<Renamed>({ mutation: gql(RENAME), variables: { name } })).data?.rename.name ??
      'no answer',
  }
}
