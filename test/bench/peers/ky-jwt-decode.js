import { jwtDecode } from 'jwt-decode'
import ky from 'ky'

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
