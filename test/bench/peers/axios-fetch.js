import axios from 'axios'

export const name = 'axios with its fetch adapter'
export const takes = ['string']

export function store({ access_token }) {
  localStorage.setItem('token', access_token)
}

export async function open() {
  const api = axios.create({ adapter: 'fetch' })
  api.interceptors.request.use((config) => {
    config.headers.set('Authorization', `Bearer ${localStorage.getItem('token')}`)
    return config
  })
  return (url, { method, headers, body } = {}) => api.request({ url, method, headers, data: body })
}

// No storm: it would be that of axios.
