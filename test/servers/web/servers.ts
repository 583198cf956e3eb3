import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import { type Child, startChild } from './child.js'
import { protectedByCsrfSync } from './csrf-sync.js'
import { createExpress } from './express.js'
import { createFastify } from './fastify.js'
import { listen } from './listen.js'
import { protectedByLusca } from './lusca.js'
import { startRedis } from './redis.js'
import { isUsable, PYTHON, type Runtime } from './runtimes.js'

export interface Running {
  readonly port: number
  /** Those of its parts, as it ran. */
  readonly versions: string
}

/** What it costs that a token is no longer good: the answers to one POST, and whether the `url` is asked. */
export interface Expected {
  readonly afterRotation: readonly number[]
  /** Where no token is ever good. */
  readonly spoilt: readonly number[]
  readonly isAsked: boolean
}

export interface WebServer {
  readonly name: string
  readonly preset: 'express' | 'angular' | 'fastify' | 'django'
  /** What the preset is given. */
  readonly settings: { readonly url?: string }
  /** Where the token goes. */
  readonly header: string
  /** The cookie it is read from; without one it comes from the `url`. */
  readonly cookie?: string
  readonly expected: Expected
  /** When another token takes its place, in a few words. */
  readonly rotates: string
  readonly needs?: Runtime | undefined
  start(): Promise<Running>
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

function versionsOf(...names: string[]): string {
  const version = (name: string) =>
    JSON.parse(readFileSync(path(`../../../node_modules/${name}/package.json`), 'utf8')).version
  return names.map((name) => `${name} ${version(name)}`).join(' + ')
}

async function here(app: RequestListener, ...names: string[]): Promise<Running> {
  return { port: (await listen(app)).port, versions: versionsOf(...names) }
}

let redis: ReturnType<typeof startRedis> | undefined

/** One more process of the web farm, all on one Redis. */
export async function startFarmServer(port = 0): Promise<Child & { readonly port: number }> {
  redis ??= startRedis()
  const { url } = await redis
  const child = await startChild(process.execPath, [path('farm.mjs'), url, String(port)])
  return { ...child, port: Number(child.said) }
}

async function startFarm(): Promise<Running> {
  const { port } = await startFarmServer()
  return { port, versions: versionsOf('express-session', 'connect-redis', 'csrf-csrf') }
}

async function startDjango(): Promise<Running> {
  const { said } = await startChild(PYTHON, [path('django/app.py')])
  const { port, version } = JSON.parse(said)
  return { port, versions: `Django ${version}` }
}

/** Whose sessions are in Redis, and all that its processes know. */
export const FARM = 'express-session on Redis with csrf-csrf'

const RESENT = [403, 201]

// Asked again, the endpoint gives the same token as long as the session has it: to send that once more is no use.
const byEndpoint: Expected = { afterRotation: RESENT, spoilt: [403], isAsked: true }

const all: WebServer[] = [
  {
    name: 'express-session with csrf-sync',
    preset: 'express',
    settings: { url: '/csrf-token' },
    header: 'X-CSRF-Token',
    rotates: 'ends with the session, which a login exchanges',
    expected: byEndpoint,
    start: () => here(createExpress(protectedByCsrfSync()), 'express-session', 'csrf-sync'),
  },
  {
    name: FARM,
    preset: 'express',
    settings: { url: '/csrf-token' },
    header: 'X-CSRF-Token',
    rotates: 'is bound to the session, which a login exchanges',
    expected: byEndpoint,
    needs: 'redis-server',
    start: startFarm,
  },
  {
    name: 'express-session with lusca',
    preset: 'angular',
    settings: {},
    header: 'X-XSRF-TOKEN',
    cookie: 'XSRF-TOKEN',
    rotates: 'each answer brings another one; all end with the session, which a login exchanges',
    // The refusal itself brings the new cookie.
    expected: { afterRotation: RESENT, spoilt: [403, 403], isAsked: false },
    start: () => here(createExpress(protectedByLusca()), 'express-session', 'lusca'),
  },
  {
    name: 'Fastify with its own plugins',
    preset: 'fastify',
    settings: { url: '/csrf-token' },
    header: 'CSRF-Token',
    rotates: 'its secret ends with the session, which a login exchanges',
    // Each answer of the endpoint has a salt of its own.
    expected: { ...byEndpoint, spoilt: [403, 403] },
    start: async () => here(await createFastify(), 'fastify', '@fastify/session', '@fastify/csrf-protection'),
  },
  {
    name: 'Django',
    preset: 'django',
    settings: { url: '/csrf-token' },
    header: 'X-CSRFToken',
    cookie: 'csrftoken',
    rotates: 'at a login, and by `rotate_token()`',
    // The header is compared with the cookie alone, which is read when a request is sent.
    expected: { afterRotation: [201], spoilt: [403], isAsked: false },
    needs: 'python3-django',
    start: startDjango,
  },
]

export const SERVER_COUNT = all.length

/** Those whose runtimes are installed. */
export const servers: readonly WebServer[] = all.filter(({ needs }) => isUsable(needs))

// One of each for all files, which this project runs in one process: they end with it.
const started = new Map<WebServer, Promise<Running>>()

export function running(server: WebServer): Promise<Running> {
  const known = started.get(server) ?? server.start()
  started.set(server, known)
  return known
}
