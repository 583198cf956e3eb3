import type { MakeClient } from './client.js'
import { makeApollo } from './clients/apollo.js'
import { makeAxiosFetch } from './clients/axios-fetch.js'
import { makeAxiosXhr } from './clients/axios-xhr.js'
import { makeCreateClient } from './clients/create-client.js'
import { makeGraphqlRequest } from './clients/graphql-request.js'
import { makeKy } from './clients/ky.js'
import { makeOfetch } from './clients/ofetch.js'
import { makeOpenApi } from './clients/openapi-fetch.js'
import { makeSwr } from './clients/swr.js'
import { makeTanstackQuery } from './clients/tanstack-query.js'
import { makeTrpc } from './clients/trpc.js'
import { makeUrql } from './clients/urql.js'
import { makeWretch } from './clients/wretch.js'

export type Shape = 'string' | 'URL' | 'Request'

/** Each client, and in what shape it gives `fetch` its input; axios' own XMLHttpRequest gives it none. */
export const clients: readonly (readonly [name: string, make: MakeClient, shape: Shape | undefined])[] = [
  ['ky', makeKy, 'Request'],
  ['ky by createClient', makeCreateClient, 'Request'],
  ['axios by its fetch adapter', makeAxiosFetch, 'Request'],
  ['axios by XMLHttpRequest', makeAxiosXhr, undefined],
  ['wretch', makeWretch, 'string'],
  ['ofetch', makeOfetch, 'string'],
  ['openapi-fetch', makeOpenApi, 'Request'],
  ['graphql-request', makeGraphqlRequest, 'URL'],
  ['@apollo/client', makeApollo, 'string'],
  ['@urql/core', makeUrql, 'string'],
  ['@trpc/client', makeTrpc, 'string'],
  ['@tanstack/react-query', makeTanstackQuery, 'URL'],
  ['swr', makeSwr, 'string'],
]
