import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { type RequestHandler, Router } from 'express'
import { buildSchema, graphql } from 'graphql'
import { entryOf } from './record.js'

/** The one token that the guarded APIs take. */
export const GOOD_TOKEN = 'good-token'

const { procedure, router } = initTRPC.create()

/** Not validated: what the clients under test send is well-formed. */
const asText = (input: unknown): string => String(input)

const trpcRouter = router({
  me: procedure.query(() => ({ name: 'ann' })),
  rename: procedure.input(asText).mutation(({ input }) => ({ name: input })),
})

/** What a tRPC client is typed by. */
export type TrpcRouter = typeof trpcRouter

const schema = buildSchema(`
  type User { name: String! }
  type Query { me: User! }
  type Mutation { rename(name: String!): User! }
`)

const rootValue = { me: { name: 'ann' }, rename: ({ name }: { name: string }) => ({ name }) }

function bodyOf(response: Parameters<RequestHandler>[1]): Buffer {
  return Buffer.from(entryOf(response).bodyBase64 ?? '', 'base64')
}

/** Nobody answers behind that door without the token; behind others everybody is let in. */
const guard: RequestHandler<{ door: string }> = ({ params, headers }, response, next) => {
  if (params.door !== 'guarded' || headers.authorization === `Bearer ${GOOD_TOKEN}`) return next()
  response.status(401).set('WWW-Authenticate', 'Bearer error="invalid_token"').json({ error: 'unauthorized' })
}

const rest: RequestHandler = ({ method }, response) => {
  const sent = bodyOf(response)
  response.json({ name: method === 'GET' ? 'ann' : JSON.parse(String(sent)).name })
}

/** As the GraphQL over HTTP specification has it: a query may come by GET. */
const graph: RequestHandler = async ({ method, query }, response) => {
  const asked = method === 'GET' ? query : JSON.parse(String(bodyOf(response)))
  const { query: source, variables = {}, operationName } = asked
  const variableValues = typeof variables === 'string' ? JSON.parse(variables) : variables
  response.json(await graphql({ schema, source, rootValue, variableValues, operationName }))
}

const trpc: RequestHandler = async ({ method, originalUrl, params, headers }, response) => {
  const init = { method, headers: { 'content-type': headers['content-type'] ?? 'application/json' } }
  const body = method === 'GET' ? {} : { body: new Uint8Array(bodyOf(response)) }
  const req = new Request(new URL(originalUrl, 'http://bench'), { ...init, ...body })
  const endpoint = `/${params.id}/${params.door}/trpc`
  const answer = await fetchRequestHandler({ endpoint, req, router: trpcRouter })
  response
    .status(answer.status)
    .type('json')
    .send(await answer.text())
}

/** Three kinds of API, each of which knows `ann` and takes another name. */
export const apis: Router = Router()
  .all('/:id/:door/rest', guard, rest)
  .all('/:id/:door/graphql', guard, graph)
  .all('/:id/:door/trpc/{*path}', guard, trpc)
