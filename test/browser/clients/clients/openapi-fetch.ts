import createOpenApiClient from 'openapi-fetch'
import type { MakeClient, User } from '../client.js'

interface Answers {
  responses: { 200: { content: { 'application/json': User } } }
}

interface Paths {
  '/rest': {
    get: Answers
    post: Answers & { requestBody: { content: { 'application/json': User } } }
  }
}

export const makeOpenApi: MakeClient = ({ fetch }, baseUrl) => {
  const api = createOpenApiClient<Paths>({ baseUrl, fetch })
  return {
    read: async () => (await api.GET('/rest')).data?.name ?? 'no answer',
    write: async (name) => (await api.POST('/rest', { body: { name } })).data?.name ?? 'no answer',
  }
}
