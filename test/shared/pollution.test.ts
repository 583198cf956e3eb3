import { expect, test } from 'vitest'
import { header, jwtStrategy, memoryStrategy, query, type Strategy } from '../../src/index.js'
import { differing, EVIL } from './fixtures/pollution.js'

const strategies: Record<string, () => Strategy> = {
  memoryStrategy: () => memoryStrategy(),
  'memoryStrategy in a header': () => memoryStrategy({ placement: header('X-Auth-Token') }),
  'memoryStrategy in the query': () => memoryStrategy({ placement: query('t') }),
  jwtStrategy: () => jwtStrategy({ storage: 'local' }),
}

for (const [name, make] of Object.entries(strategies)) {
  for (const [what, value] of Object.entries(EVIL)) {
    test(`${name} is the same when Object.prototype has any option’s name as ${what}`, async () => {
      expect(await differing(make, value)).toEqual([])
    })
  }
}
