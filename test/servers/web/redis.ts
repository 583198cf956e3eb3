import { once } from 'node:events'
import { createServer } from 'node:http'
import { type Child, startChild } from './child.js'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return Object(address).port
}

/** A Redis that keeps nothing on disk. */
export async function startRedis(): Promise<Child & { readonly url: string }> {
  const port = String(await freePort())
  const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = await startChild('redis-server', args, /Ready to accept connections/)
  return { ...child, url: `redis://127.0.0.1:${port}` }
}
