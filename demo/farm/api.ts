import express, { type RequestHandler, Router } from 'express'
import * as v from 'valibot'
import { checked } from '../server/input.js'
import { notAllowed, notFound, Refusal } from '../server/refusal.js'
import { LIMIT, uncached } from '../server/routes.js'
import type { Member } from './balancer.js'
import type { Holding } from './holdings.js'

/** What the page is shown of the farm, and by what it ends and starts a server. */
export function farmApi(members: readonly Member[], redis: () => Promise<Holding[]>): Router {
  const show: RequestHandler = async (_request, response) => {
    const servers = members.map(({ name, isAlive, requests, pid }) => ({
      name,
      alive: isAlive,
      requests,
      pid,
    }))
    response.json({ servers, redis: await redis() })
  }
  const api = Router().use(uncached, express.json({ limit: LIMIT }))
  const named = namedAmong(members)
  api.route('/').get(show).all(notAllowed('GET'))
  api
    .route('/stop')
    .post(async ({ body }, _response, next) => {
      await stop(named(body), members)
      next()
    }, show)
    .all(notAllowed('POST'))
  api
    .route('/start')
    .post(async ({ body }, _response, next) => {
      await named(body).start()
      next()
    }, show)
    .all(notAllowed('POST'))
  return api.use(notFound)
}

function namedAmong(members: readonly Member[]): (body: unknown) => Member {
  const names = members.map(({ name }) => name)
  const message = `The body must be JSON, {"name":"${names.join('"} or {"name":"')}"}`
  const wanted = v.object({ name: v.picklist(names, message) }, message)
  return (body) => {
    const { name } = checked(wanted, body)
    const member = members.find((one) => one.name === name)
    if (!member) throw new Refusal(400, 'invalid_input', message)
    return member
  }
}

async function stop(member: Member, members: readonly Member[]): Promise<void> {
  const others = members.filter((one) => one !== member && one.isAlive)
  if (others.length === 0) throw new Refusal(409, 'last_server', `${member.name} is the last one that lives`)
  await member.end()
}
