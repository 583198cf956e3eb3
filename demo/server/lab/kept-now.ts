import { type RequestHandler, Router } from 'express'
import type { Backing } from '../backing.js'
import type { Ending } from '../expiring.js'
import type { Grant, Grants } from '../grants.js'
import { notAllowed } from '../refusal.js'
import { uncached } from '../routes.js'
import type { Tables } from '../tables.js'

export interface KeptNowParts {
  readonly backing: Backing
  readonly tables: Tables
  readonly grants: Grants
}

/** Shows what the server keeps now: enough of each secret to know it again, too little to use it. */
export function createKeptNow({ backing, tables, grants }: KeptNowParts): Router {
  const { signIns, tokenHashes, dayTokenHashes, denied } = tables
  const show: RequestHandler = async (_request, response) => {
    response.json({
      where: backing.where,
      sessions: (await backing.sessions()).map(({ key, value, endsAt }) => ({
        id: short(key),
        name: value.name,
        endsAt,
      })),
      signIns: (await signIns.all()).map(withId),
      tokenHashes: [...(await tokenHashes.all()), ...(await dayTokenHashes.all())].map(withHash),
      refreshTokens: await refreshTokensNow(tables, grants),
      denied: (await denied.all()).map(withId),
    })
  }
  const routes = Router()
  routes.route('/').get(uncached, show).all(notAllowed('GET'))
  return routes
}

async function refreshTokensNow({ refreshTokens, spentRefreshTokens }: Tables, { isGood }: Grants) {
  const spent = new Set((await spentRefreshTokens.all()).map(({ key }) => key))
  const all = await refreshTokens.all()
  return Promise.all(
    all.map(async (one) => ({
      ...withHash(one),
      spent: spent.has(one.key),
      signedOut: !(await isGood(one.value)),
    })),
  )
}

function withId({ key, value: { kind, name }, endsAt }: Ending<Grant>) {
  return { id: short(key), kind, name, endsAt }
}

function withHash({ key, value: { kind, name }, endsAt }: Ending<Grant>) {
  return { hash: short(key), kind, name, endsAt }
}

function short(text: string): string {
  return `${text.slice(0, 8)}…`
}
