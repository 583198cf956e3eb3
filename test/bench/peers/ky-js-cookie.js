import Cookies from 'js-cookie'
import ky from 'ky'

export const name = 'ky with js-cookie'
export const sends = 'cookie'
export const csrfHeader = 'X-CSRFToken'
export const longestToken = 4000

export function store({ access_token }) {
  Cookies.set('token', access_token)
  Cookies.set('csrftoken', 'a'.repeat(32))
}

export async function open() {
  const beforeRequest = ({ request }) => {
    if (request.method !== 'GET') request.headers.set('X-CSRFToken', Cookies.get('csrftoken'))
  }
  return ky.create({ retry: 0, credentials: 'include', hooks: { beforeRequest: [beforeRequest] } })
}

// No storm: the session is the server's, which renews it.
