import wretch from 'wretch'

export const takes = ['string', 'URL']

export function store({ access_token }) {
  localStorage.setItem('token', access_token)
}

export async function open() {
  const attach = (next) => (url, options) => {
    const headers = { ...options.headers, Authorization: `Bearer ${localStorage.getItem('token')}` }
    return next(url, { ...options, headers })
  }
  const api = wretch().middlewares([attach])
  return (input, init = {}) => api.url(`${input}`).options(init).fetch(init.method).res()
}
