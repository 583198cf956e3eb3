import { type RequestHandler, Router } from 'express'
import * as v from 'valibot'
import { checked } from '../input.js'
import { notAllowed } from '../refusal.js'

const REASON = '"to" must be an address of the foreign server'

/** What a careless server has: an address that leads wherever it is told, here to the foreign server alone. */
export function createAttacks(foreignOrigin: string): Router {
  const isForeign = (address: string) => URL.canParse(address) && new URL(address).origin === foreignOrigin
  const destination = v.object({ to: v.pipe(v.string(REASON), v.check(isForeign, REASON)) }, REASON)
  const redirect: RequestHandler = (request, response) => {
    // 307 is the worst of them: method, body and headers stay.
    response.redirect(307, checked(destination, request.query).to)
  }
  const attacks = Router()
  attacks.route('/redirect').get(redirect).post(redirect).all(notAllowed('GET, POST'))
  return attacks
}
