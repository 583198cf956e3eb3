import ky from 'ky'
import { oneAtATime, read, redeem, write } from '../page/by-hand.js'

export function store({ access_token }) {
  localStorage.setItem('token', access_token)
}

export async function open() {
  return ky.create({
    retry: 0,
    hooks: {
      beforeRequest: [
        ({ request }) => request.headers.set('Authorization', `Bearer ${localStorage.getItem('token')}`),
      ],
    },
  })
}

/** As its documents have it ("How do I implement token refresh on 401 responses?"), one at a time. */
export const storm = {
  store: write,
  async open(origin) {
    const renew = oneAtATime(() => redeem(origin))
    const attach = (request) => request.headers.set('Authorization', `Bearer ${read()}`)
    const beforeRetry = async ({ request }) => {
      await renew()
      attach(request)
    }
    const hooks = { beforeRequest: [({ request }) => attach(request)], beforeRetry: [beforeRetry] }
    return ky.create({ retry: { limit: 1, statusCodes: [401] }, hooks })
  },
}
