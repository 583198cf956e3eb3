import { expect, test } from 'vitest'
import { csrfEndpoint } from '../../src/index.js'
import { protectedBy } from '../shared/fixtures/csrf-server.js'
import { API } from '../shared/fixtures/instance.js'

test('a token is asked for with cookies, past every cache, and no redirect is followed', async () => {
  const asked: Request[] = []
  const { server, post } = protectedBy(csrfEndpoint({ url: `${API}/csrf-token`, header: 'X-CSRF-Token' }), {
    fetch(request) {
      if (request.method === 'GET') asked.push(request)
      return server.fetch(request)
    },
  })
  await post()
  expect(asked.map(({ credentials, cache, redirect }) => [credentials, cache, redirect])).toEqual([
    ['include', 'no-store', 'manual'],
  ])
})
