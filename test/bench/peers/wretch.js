import wretch from 'wretch'
import { oneAtATime, read, redeem, write } from '../page/by-hand.js'

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

/** As its documents have it: a catcher for 401 that asks again, with one refresh at a time. */
export const storm = {
  store: write,
  async open(origin) {
    const renew = oneAtATime(() => redeem(origin))
    const again = async (_, request) => {
      await renew()
      return request.auth(`Bearer ${read()}`).fetch().res()
    }
    const api = wretch().catcher(401, again)
    return (url) => api.url(url).auth(`Bearer ${read()}`).get().res()
  },
}
