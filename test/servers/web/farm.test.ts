import { describe, test } from 'vitest'
import { usableEngines } from '../../harness/browsers.js'
import { FARM, servers, startFarmServer, type WebServer } from './servers.js'
import { visit } from './visitor.js'

const farms = servers.filter(({ name }) => name === FARM)

describe.concurrent.each(usableEngines())('in %s,', (engine) => {
  describe.sequential.each(farms)('at two processes with one Redis,', (farm: WebServer) => {
    test('a session begun at the one is found at the other, which localStorage knows nothing of', async ({
      expect,
    }) => {
      const at = await visit(engine, farm)
      const other = await startFarmServer()
      await at.signIn()
      await at.open({ port: other.port })
      expect(await at.state()).toMatchObject({ status: 'signed-in', claims: { sub: 'ada' } })
      expect(await at.posts(10)).toEqual(Array(10).fill(201))
      expect((await at.asked()).map(({ path }) => path)).toContain('/csrf-token')
      await at.open()
      expect(await at.post('/items')).toBe(201)
      await other.stop()
    })

    test('a page goes on with its session and its token after its server was started anew', async ({
      expect,
    }) => {
      const first = await startFarmServer()
      const at = await visit(engine, farm, { port: first.port })
      await at.signIn()
      await at.post('/items')
      await first.stop()
      expect(await at.post('/items')).toBe('TypeError')
      expect(await at.state()).toMatchObject({ status: 'signed-in' })
      const second = await startFarmServer(first.port)
      expect(await at.post('/items')).toBe(201)
      expect((await at.asked()).map(({ path }) => path)).toEqual(['/items'])
      await second.stop()
    })
  })
})
