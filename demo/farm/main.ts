import express from 'express'
import { type Config, readConfig } from '../server/config.js'
import { createForeign } from '../server/foreign.js'
import { listen } from '../server/listen.js'
import { onlyLocalHosts } from '../server/local-hosts.js'
import { connect } from '../server/redis.js'
import { answerError } from '../server/refusal.js'
import { newSecret } from '../server/secret.js'
import { farmApi } from './api.js'
import { balancer, type Member } from './balancer.js'
import { holdings } from './holdings.js'
import { farmLog } from './log.js'
import { redisProcess } from './redis.js'
import { serverProcess } from './server-process.js'

const NAMES = ['A', 'B']

/** Has something ended with the farm. */
type AtEnd = (end: () => unknown) => void

/** Two processes of the demo's server on one Redis, and before them what makes the two one to a browser. */
async function start(config: Config, atEnd: AtEnd): Promise<void> {
  const redisUrl = config.redisUrl ?? (await ownRedis(atEnd))
  const redis = await connect(redisUrl)
  atEnd(() => redis.destroy())
  const foreign = await listen(createForeign(), config.foreignPort, 'FOREIGN_PORT')
  atEnd(foreign.close)
  const members = await startMembers({ ...config, redisUrl, foreignOrigin: foreign.origin }, atEnd)
  const app = express().disable('x-powered-by').disable('etag')
  app.use('/api/lab', onlyLocalHosts)
  app.use('/api/lab/log', farmLog(members))
  app.use(
    '/api/lab/farm',
    farmApi(members, () => holdings(redis)),
  )
  app.use(balancer(members), answerError)
  const own = await listen(app, config.port, 'PORT')
  atEnd(own.close)
  const processes = members.map(({ name, pid }) => `${name} is process ${pid}`).join(', ')
  console.log(`Two servers, ${processes}; end one, and nobody is signed out.`)
  console.log(`Latchkey demo: ${own.origin}`)
}

async function ownRedis(atEnd: AtEnd): Promise<string> {
  const redis = redisProcess()
  atEnd(redis.end)
  return redis.start()
}

async function startMembers(config: Config, atEnd: AtEnd): Promise<Member[]> {
  const env = {
    ...process.env,
    PORT: '0',
    FOREIGN_ORIGIN: config.foreignOrigin,
    REDIS_URL: config.redisUrl,
    SESSION_SECRET: config.sessionSecret ?? newSecret(),
  }
  const members = NAMES.map((name) => Object.assign(serverProcess(name, env), { requests: 0 }))
  for (const { end } of members) atEnd(end)
  await Promise.all(members.map(({ start }) => start()))
  return members
}

const ends: (() => unknown)[] = []
const stopped = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
})
try {
  const started = start(readConfig(process.env), (end) => ends.unshift(end))
  await Promise.race([stopped, started.then(() => stopped)])
} catch (error) {
  console.error(Object(error).message)
  process.exitCode = 1
}
for (const end of ends) await end()
process.exit()
