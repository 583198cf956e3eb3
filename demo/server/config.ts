import * as v from 'valibot'

/** What the environment decides. A port of 0 is any free one. */
export interface Config {
  readonly port: number
  readonly foreignPort: number
  /** Where a server of somebody else's listens already. Without it, one is started at `foreignPort`. */
  readonly foreignOrigin: string | undefined
  /** Where sessions and tokens are kept. In this process' memory if absent. */
  readonly redisUrl: string | undefined
  /** Signs session cookies and JWTs. One from outside lets them outlive this process, and others know them. */
  readonly sessionSecret: string | undefined
  /** Tells this process from others of a farm. */
  readonly serverName: string
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
  FOREIGN_ORIGIN: v.optional(v.pipe(v.string(), v.regex(/^http:\/\/localhost:\d+$/, 'must be an origin'))),
  REDIS_URL: v.optional(v.pipe(v.string(), v.regex(/^rediss?:\/\//, 'must begin with redis://'))),
  SERVER_NAME: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{0,20}$/, 'must be a short word')), ''),
  SESSION_SECRET: v.optional(v.pipe(v.string(), v.minLength(16, 'must have 16 characters or more'))),
})

/** @throws Error that begins with the name of the variable that is wrong */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const { success, output, issues } = v.safeParse(environment, env)
  if (!success) throw new Error(`${v.getDotPath(issues[0])} ${issues[0].message}`)
  const { PORT, FOREIGN_PORT = PORT && PORT + 1, FOREIGN_ORIGIN: foreignOrigin } = output
  const { REDIS_URL: redisUrl, SESSION_SECRET: sessionSecret, SERVER_NAME: serverName } = output
  return { port: PORT, foreignPort: FOREIGN_PORT, foreignOrigin, redisUrl, sessionSecret, serverName }
}
