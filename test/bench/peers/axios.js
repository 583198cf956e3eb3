import axios from 'axios'
import { oneAtATime, read, redeem, write } from '../page/by-hand.js'

export const takes = ['string']
export const sends = 'XHR'

export function store({ access_token }) {
  localStorage.setItem('token', access_token)
}

export async function open() {
  const api = axios.create()
  api.interceptors.request.use((config) => {
    config.headers.set('Authorization', `Bearer ${localStorage.getItem('token')}`)
    return config
  })
  return (url, { method, headers, body } = {}) => api.request({ url, method, headers, data: body })
}

/** An interceptor for 401, as written in most apps: one refresh at a time, none for a token that is another by now. */
export const storm = {
  store: write,
  async open(origin) {
    const api = axios.create()
    const renew = oneAtATime(() => redeem(origin))
    api.interceptors.request.use((config) => {
      config.headers.set('Authorization', `Bearer ${read()}`)
      return config
    })
    api.interceptors.response.use(undefined, async (error) => {
      const { config, response } = error
      if (response?.status !== 401 || config.isAgain) throw error
      if (config.headers.get('Authorization') === `Bearer ${read()}`) await renew()
      return api.request({ ...config, isAgain: true })
    })
    return (url) => api.get(url)
  },
}
