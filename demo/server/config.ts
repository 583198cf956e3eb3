import * as v from 'valibot'

/** What the environment decides. A port of 0 is any free one. */
export interface Config {
  readonly port: number
  readonly foreignPort: number
  /** Where the sessions are kept. In this process' memory if absent. */
  readonly redisUrl: string | undefined
  /** Signs the session cookies. One from outside lets sessions in Redis outlive this process. */
  readonly sessionSecret: string | undefined
}

const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a port number'),
  v.transform(Number),
  v.maxValue(65_535, 'must be a port number'),
)

const environment = v.object({
  PORT: v.optional(port, '4173'),
  FOREIGN_PORT: v.optional(port),
  REDIS_URL: v.optional(v.pipe(v.string(), v.regex(/^rediss?:\/\//, 'must begin with redis://'))),
  SESSION_SECRET: v.optional(v.pipe(v.string(), v.minLength(16, 'must have 16 characters or more'))),
})

/** @throws Error that begins with the name of the variable that is wrong */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const { success, output, issues } = v.safeParse(environment, env)
  if (!success) throw new Error(`${v.getDotPath(issues[0])} ${issues[0].message}`)
  const { PORT, FOREIGN_PORT = PORT && PORT + 1, REDIS_URL, SESSION_SECRET } = output
  return { port: PORT, foreignPort: FOREIGN_PORT, redisUrl: REDIS_URL, sessionSecret: SESSION_SECRET }
}
