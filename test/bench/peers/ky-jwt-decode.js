import { jwtDecode } from 'jwt-decode'
import ky from 'ky'
import { oneAtATime, read, redeem, write } from '../page/by-hand.js'
import { hasEnded } from '../page/has-ended.js'

export const name = 'ky with jwt-decode'

export function store({ access_token }) {
  localStorage.setItem('token', access_token)
}

export async function open() {
  const beforeRequest = ({ request }) => {
    const token = localStorage.getItem('token')
    if (token && jwtDecode(token).exp * 1000 > Date.now())
      request.headers.set('Authorization', `Bearer ${token}`)
  }
  return ky.create({ retry: 0, hooks: { beforeRequest: [beforeRequest] } })
}

/** A refresh in front of the request, one at a time. */
export const storm = {
  store: write,
  async open(origin) {
    const renew = oneAtATime(() => redeem(origin))
    const beforeRequest = async ({ request }) => {
      if (hasEnded(read())) await renew()
      request.headers.set('Authorization', `Bearer ${read()}`)
    }
    return ky.create({ retry: 0, hooks: { beforeRequest: [beforeRequest] } })
  },
}
