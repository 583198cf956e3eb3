import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, startDemo } from './demo-process.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

/** By Node's own client: its fetch sends no other host than that of the URL. */
const statusAs = (host: string, path: string) =>
  new Promise((resolve, reject) => {
    const headers = { Host: `${host}:${new URL(demo.url).port}` }
    request(`${demo.url}${path}`, { headers }, (answer) => resolve(answer.resume().statusCode))
      .once('error', reject)
      .end()
  })

const LAB = ['/api/lab/kept', '/api/lab/log', '/api/lab/limits/arrived', '/api/lab/farm']

test.each(LAB)('%s tells nothing to a site that gives its own name this device’s address', async (path) => {
  expect(await statusAs('evil.example', path)).toBe(403)
  expect(await statusAs('localhost.evil.example', path)).toBe(403)
})

test.each(['localhost', '127.0.0.1', 'production.localhost'])('as %s the Lab is there', async (host) => {
  for (const path of LAB) expect(await statusAs(host, path)).toBe(200)
})
