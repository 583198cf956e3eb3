import { describe, test } from 'vitest'
import {
  bearer,
  cookieStrategy,
  defineStrategy,
  header,
  jwtStrategy,
  memoryStrategy,
  query,
  sessionStrategy,
} from '../../src/index.js'
import { type StrategyContractOptions, strategyContract } from '../../src/testing/index.js'
import { fakeStore, sleep } from './fixtures/faults.js'

type Make = Parameters<typeof strategyContract>[0]

function prove(what: string, make: Make, options?: StrategyContractOptions): void {
  describe(what, () => {
    for (const { name, run } of strategyContract(make, options)) test(name, run)
  })
}

prove('sessionStrategy', () => sessionStrategy())
prove('cookieStrategy, a session cookie', () => cookieStrategy({ name: 'contract' }))
prove('cookieStrategy, a persistent cookie', () => cookieStrategy({ name: 'contract-days', expires: 7 }))
prove('jwtStrategy in localStorage', () => jwtStrategy({ storage: 'local' }))
prove('jwtStrategy in sessionStorage', () => jwtStrategy({ storage: 'session' }))
prove('jwtStrategy in a header', () => jwtStrategy({ storage: 'local', placement: header('X-Auth-Token') }))
prove('jwtStrategy in the query', () => jwtStrategy({ storage: 'local', placement: query('access_token') }))
prove('memoryStrategy', () => memoryStrategy())
prove('memoryStrategy in a header', () => memoryStrategy({ placement: header('X-Auth-Token') }))
prove('memoryStrategy in the query', () => memoryStrategy({ placement: query('t') }), {
  tokens: [{ access_token: 'opaque+/=&1' }, { access_token: 'opaque+/=&2' }],
})
prove('a strategy of one’s own, whose store is slow', () =>
  defineStrategy({
    name: 'own',
    placement: bearer(),
    store: Object.assign(fakeStore(), { before: () => sleep(5) }),
  }),
)
