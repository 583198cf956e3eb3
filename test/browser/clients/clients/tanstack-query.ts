import { MutationObserver, QueryClient } from '@tanstack/react-query'
import type { MakeClient, User } from '../client.js'

export const makeTanstackQuery: MakeClient = ({ fetch }, base) => {
  const api = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const url = new URL(`${base}/rest`)
  const queryFn = async (): Promise<User> => (await fetch(url)).json()
  const mutationFn = async (user: User): Promise<User> =>
    (await fetch(url, { method: 'POST', body: JSON.stringify(user) })).json()
  return {
    read: async () => (await api.fetchQuery({ queryKey: ['me'], queryFn })).name,
    write: async (name) => (await new MutationObserver(api, { mutationFn }).mutate({ name })).name,
  }
}
