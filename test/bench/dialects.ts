import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { type Answer, inTurn, refreshForm, withGrace } from '../servers/oidc/redeem.js'
import { type Endpoint, type Manner, refreshEndpoint } from '../servers/oidc/refresh.js'

type Body = Answer['body']

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** As many seconds longer as the peer renews before the end, so that it finds the token expired when it has. */
const later = (body: Body, seconds: number) => ({ ...body, expires_in: Number(body.expires_in) + seconds })

/** Of the parts that are read by peers which need no signature (OpenID Connect Core s. 3.1.3.7, no. 6). */
function idTokenFor(issuer: string): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss: issuer, aud: 'web', sub: 'ada', iat, exp: iat + 3600 }
  return `${base64url({ alg: 'RS256' })}.${base64url(claims)}.c2lnbmF0dXJl`
}

const originOf = ({ req }: Response) => `${req.protocol}://${req.get('host')}`

const auth0 = (body: Body, response: Response) => ({
  ...later(body, 60),
  id_token: idTokenFor(`${originOf(response)}/`),
})

/** Keycloak's refresh tokens are JWTs, and its adapter reads them. */
const readable = (token: unknown) => `${base64url({})}.${base64url({})}.${token}`
const keycloak = (body: Body) => ({ ...body, refresh_token: readable(body.refresh_token) })

const supabase = (body: Body) => ({ ...later(body, 90), token_type: 'bearer', user: { id: 'ada' } })
const reuseSeconds = 10

const inBody = ({ body }: Request) => refreshForm(String(body.refresh_token).split('.').at(-1) ?? '')
const inHeader = (request: Request) => refreshForm(request.get('Authorization')?.replace('Bearer ', '') ?? '')

const sendAs =
  (spoken: (body: Body, response: Response) => object): Manner['send'] =>
  (response, { status, body }) =>
    void response.status(status).json(status === 200 ? spoken(body, response) : body)

/** SuperTokens has all in headers, and 401 for a session that has ended. */
const sendInHeaders: Manner['send'] = (response, { status, body }) => {
  const front = { uid: 'ada', ate: Date.now() + Number(body.expires_in) * 1000, up: { sub: 'ada' } }
  if (status === 200)
    response.set({
      'st-access-token': String(body.access_token),
      'st-refresh-token': String(body.refresh_token),
      'front-token': Buffer.from(JSON.stringify(front)).toString('base64'),
    })
  response.status(status === 200 ? 200 : 401).json({})
}

/** The token endpoints of those peers that ask in words of their own: all redeem at the one provider. */
export function dialects(endpoint: Endpoint): RequestHandler {
  const reused = { ...endpoint, redeem: inTurn(withGrace(endpoint.redeem, reuseSeconds)) }
  const posted = (spoken: Parameters<typeof sendAs>[0], at = endpoint) =>
    refreshEndpoint(at, { formOf: inBody, send: sendAs(spoken) })
  return Router()
    .use(['/oauth', '/okta', '/realms'], express.urlencoded({ extended: false }))
    .use('/supabase', express.json())
    .post('/oauth/token', posted(auth0))
    .post(
      '/okta/token',
      posted((body) => later(body, 30)),
    )
    .post('/realms/web/protocol/openid-connect/token', posted(keycloak))
    .post('/supabase/token', posted(supabase, reused))
    .post('/auth/session/refresh', refreshEndpoint(endpoint, { formOf: inHeader, send: sendInHeaders }))
}
