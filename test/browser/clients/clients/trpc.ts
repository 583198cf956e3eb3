import { createTRPCClient, getFetch, httpBatchLink } from '@trpc/client'
import type { TrpcRouter } from '../../../bench-server/apis.js'
import type { MakeClient } from '../client.js'

export const makeTrpc: MakeClient = (latchkey, base) => {
  // By `getFetch` alone it is taken under exactOptionalPropertyTypes, too.
  const fetch = getFetch(latchkey.fetch)
  const api = createTRPCClient<TrpcRouter>({ links: [httpBatchLink({ url: `${base}/trpc`, fetch })] })
  return {
    read: async () => (await api.me.query()).name,
    write: async (name) => (await api.rename.mutate(name)).name,
  }
}
