import axios from 'axios'
import createAuthRefresh from 'axios-auth-refresh'

export const takes = ['string']
export const sends = 'XHR'

export function store({ access_token }) {
  localStorage.setItem('token', access_token)
}

export async function open(origin) {
  const api = axios.create()
  api.interceptors.request.use((config) => {
    config.headers.set('Authorization', `Bearer ${localStorage.getItem('token')}`)
    return config
  })
  createAuthRefresh(api, async () => {
    const { data } = await axios.post(`${origin}/token`, new URLSearchParams({ grant_type: 'refresh_token' }))
    store(data)
  })
  return (url, { method, headers, body } = {}) => api.request({ url, method, headers, data: body })
}
