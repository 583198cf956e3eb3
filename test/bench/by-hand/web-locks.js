import ky from 'ky'
import { oneAtATime, read, redeem, write } from '../page/by-hand.js'
import { hasEnded } from '../page/has-ended.js'

export const name = 'ky by hand with Web Locks'

// The best that can be written by hand: whoever gets the lock looks whether another tab has been there.
const renewer = (origin) =>
  oneAtATime(() =>
    navigator.locks.request('refresh', async () => {
      if (hasEnded(read())) await redeem(origin)
    }),
  )

export const storm = {
  store: write,
  async open(origin) {
    const renew = renewer(origin)
    const beforeRequest = async ({ request }) => {
      if (hasEnded(read())) await renew()
      request.headers.set('Authorization', `Bearer ${read()}`)
    }
    return ky.create({ retry: 0, hooks: { beforeRequest: [beforeRequest] } })
  },
}
