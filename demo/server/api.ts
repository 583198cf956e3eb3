import express, { type RequestHandler, Router } from 'express'
import type { Grants } from './grants.js'
import { checked, refreshGrant } from './input.js'
import type { Kinds } from './kinds.js'
import { createAttacks } from './lab/attacks.js'
import type { Proofs } from './proofs.js'
import { badProof, notAllowed, notFound, Refusal, refusedAs } from './refusal.js'
import { LIMIT, routesOf, uncached } from './routes.js'
import type { Sessions } from './sessions.js'

export interface ApiParts {
  readonly sessions: Sessions
  readonly grants: Grants
  readonly kinds: Kinds
  readonly proofs: Proofs
  readonly foreignOrigin: string
}

export function createApi({ sessions, foreignOrigin, ...parts }: ApiParts): RequestHandler {
  const api = Router().use(uncached, express.json({ limit: LIMIT }))
  api.use('/session', sessions.at('/api/session'))
  // For the whole page, as most are: so it is seen who can read it, and where it goes.
  api.use('/victim-session', sessions.at('/', 'victim_sid'))
  api.use('/lab/attacks', createAttacks(foreignOrigin))
  api
    .route('/config')
    .get((_, response) => void response.json({ foreignOrigin }))
    .all(notAllowed('GET'))
  const form = express.urlencoded({ extended: false, limit: LIMIT })
  api.route('/token').post(form, refresh(parts)).all(notAllowed('POST'))
  for (const [name, kind] of parts.kinds.all) api.use(`/${name}`, routesOf(kind))
  return api.use(notFound)
}

/** RFC 6749 s. 6, with the errors of s. 5.2. */
function refresh({ kinds, grants, proofs }: Pick<ApiParts, 'kinds' | 'grants' | 'proofs'>): RequestHandler {
  return async (request, response) => {
    const { refresh_token } = checked(refreshGrant, request.body, 'invalid_request')
    const isProved = request.get('DPoP') !== undefined
    const jkt = isProved ? await proofs.check(request).catch(refusedAs(badProof)) : undefined
    const grant = await grants.spend(refresh_token, jkt)
    if (!grant) throw new Refusal(400, 'invalid_grant', 'This refresh token is unknown, spent or ended')
    response.once('close', () => {
      const isTold = response.writableFinished && response.statusCode < 500
      // Where that can't be kept, a repeat is let pass for a while.
      if (isTold) grants.answered(refresh_token).catch(() => undefined)
    })
    response.json(await kinds.tokenResponse(grant))
  }
}
