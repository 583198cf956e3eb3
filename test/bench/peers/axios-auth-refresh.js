import axios from 'axios'
import createAuthRefresh from 'axios-auth-refresh'
import { read, redeem, write } from '../page/by-hand.js'

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

/**
 * As its README has it, but for `deduplicateRefresh`: with it, those that have been sent when a refresh begins all fail
 * (5.0.2), and without it they share that refresh, too.
 */
export const storm = {
  store: write,
  async open(origin) {
    const api = axios.create()
    api.interceptors.request.use((config) => {
      config.headers.set('Authorization', `Bearer ${read()}`)
      return config
    })
    createAuthRefresh(api, () => redeem(origin), { deduplicateRefresh: false })
    return (url) => api.get(url)
  },
}
