import { get, set } from 'idb-keyval'
import ky from 'ky'

export const name = 'ky with idb-keyval'

export function store({ access_token }) {
  return set('token', access_token)
}

export async function open() {
  const beforeRequest = async ({ request }) => {
    request.headers.set('Authorization', `Bearer ${await get('token')}`)
  }
  return ky.create({ retry: 0, hooks: { beforeRequest: [beforeRequest] } })
}

// No storm: it would be that of ky, with another store.
