import { expect, test } from 'vitest'
import { cookieStrategy, csrfCookie, type Strategy } from '../../../src/index.js'
import { differing, EVIL } from '../../shared/fixtures/pollution.js'

const csrf = { cookie: 'auth', header: 'X-XSRF-TOKEN' }

const strategies: Record<string, () => Strategy> = {
  cookieStrategy: () => cookieStrategy({ name: 'auth' }),
  'cookieStrategy with a CSRF header': () => cookieStrategy({ name: 'auth', csrf: csrfCookie(csrf) }),
}

for (const [name, make] of Object.entries(strategies)) {
  for (const [what, value] of Object.entries(EVIL)) {
    test(`${name} is the same when Object.prototype has any option’s name as ${what}`, async () => {
      expect(await differing(make, value)).toEqual([])
    })
  }
}
