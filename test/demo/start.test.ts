import { expect, test } from 'vitest'
import { failingDemo, startDemo } from './demo-process.js'

test('the demo ends cleanly when it is asked to', async () => {
  const demo = await startDemo()
  const page = await fetch(demo.url)
  expect(page.headers.get('Content-Security-Policy')).toContain("require-trusted-types-for 'script'")
  expect(await demo.stop()).toBe(0)
})

test('a port that is taken is said in one line', async () => {
  const demo = await startDemo()
  const { port } = new URL(demo.url)
  const { code, said } = await failingDemo({ PORT: port, FOREIGN_PORT: '0' })
  expect([code, said]).toEqual([1, `Port ${port} is taken: set PORT to another one\n`])
  await demo.stop()
})

test.each([
  ['PORT', 'http', /^PORT must be a port number\n$/],
  ['REDIS_URL', 'localhost', /^REDIS_URL must begin with redis:\/\/\n$/],
  ['REDIS_URL', 'redis://127.0.0.1:1', /^REDIS_URL can not be reached: .*ECONNREFUSED.*\n$/],
])('a wrong %s, such as %s, is said in one line', async (name, value, line) => {
  const { code, said } = await failingDemo({ PORT: '0', [name]: value })
  expect(said).toMatch(line)
  expect(code).toBe(1)
})
