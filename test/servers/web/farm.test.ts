import { afterAll, beforeAll, describe, test } from 'vitest'
import { usableEngines } from '../../harness/browsers.js'
import { FARM, servers, startFarmServer } from './servers.js'
import { visit } from './visitor.js'

const farms = servers.filter(({ name }) => name === FARM)

describe.concurrent.each(usableEngines())('in %s,', (engine) => {
  describe.sequential.each(farms)('at two processes with one Redis,', (farm) => {
    let other: Awaited<ReturnType<typeof startFarmServer>>
    beforeAll(async () => {
      other = await startFarmServer()
    })
    afterAll(() => other.stop())

    test('a session begun at the one is found at the other, which localStorage knows nothing of', async ({
      expect,
    }) => {
      const at = await visit(engine, farm)
      await at.signIn()
      await at.open({ port: other.port })
      expect(await at.state()).toMatchObject({ status: 'signed-in', claims: { sub: 'ada' } })
      expect(await at.posts(10)).toEqual(Array(10).fill(201))
      expect((await at.asked()).filter(({ path }) => path === '/csrf-token')).toHaveLength(1)
      await at.open()
      expect(await at.post('/items')).toBe(201)
    })

    test('a page goes on with its session and its token when its server has started anew', async ({
      expect,
    }) => {
      const at = await visit(engine, farm, { port: other.port })
      await at.signIn()
      await at.post('/items')
      await other.stop()
      expect(await at.post('/items')).toBe('TypeError')
      expect(await at.state()).toMatchObject({ status: 'signed-in' })
      other = await startFarmServer(other.port)
      expect(await at.post('/items')).toBe(201)
      expect((await at.asked()).map(({ path }) => path)).toEqual(['/items'])
    })
  })
})
