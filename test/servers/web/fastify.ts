import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import cookie from '@fastify/cookie'
import csrfProtection from '@fastify/csrf-protection'
import session from '@fastify/session'
import fastify, { type FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface Session {
    user: string
    _csrf: string
  }
}

function controls(app: FastifyInstance): void {
  app.get('/control/rotate', async ({ session }, reply) => {
    session.set('_csrf', randomBytes(18).toString('base64url'))
    return reply.code(204).send()
  })
  app.get('/control/expire', async ({ session }, reply) => {
    await session.destroy()
    return reply.code(204).send()
  })
}

function routes(app: FastifyInstance): void {
  const guarded = { onRequest: app.csrfProtection }
  app.get('/csrf-token', async (_request, reply) => ({ token: reply.generateCsrf() }))
  app.post<{ Body: { user?: string } }>('/login', guarded, async (request) => {
    await request.session.regenerate()
    request.session.set('user', request.body?.user ?? 'ada')
    return {}
  })
  app.post('/logout', guarded, async ({ session }, reply) => {
    await session.destroy()
    return reply.code(204).send()
  })
  // As better-auth and others say that nobody is signed in.
  app.get('/me', async ({ session }, reply) => {
    const sub = session.get('user')
    return reply.type('application/json').send(JSON.stringify(sub ? { sub } : null))
  })
  app.post('/items', guarded, async ({ session }, reply) =>
    session.get('user') ? reply.code(201).send({}) : reply.code(401).send({}),
  )
  app.post('/forbidden', guarded, async () => {
    throw Object.assign(new Error('not for you'), { statusCode: 403 })
  })
}

/** A Fastify app as the guides of its own plugins write it. */
export async function createFastify(): Promise<RequestListener> {
  const app = fastify()
  await app.register(cookie)
  // Its default keeps the cookie for https.
  await app.register(session, { secret: 'at least thirty-two characters long', cookie: { secure: 'auto' } })
  await app.register(csrfProtection, { sessionPlugin: '@fastify/session' })
  controls(app)
  routes(app)
  await app.ready()
  return (request, response) => app.routing(request, response)
}
