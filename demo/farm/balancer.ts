import type { Request, RequestHandler } from 'express'
import { Refusal } from '../server/refusal.js'
import { type Answer, forward, hasBody, reply } from './forward.js'
import type { ServerProcess } from './server-process.js'

/** A server, and how many requests it has answered. */
export interface Member extends ServerProcess {
  requests: number
}

/** Gives the requests to the servers in turn, and to the next one where one takes none. */
export function balancer(members: readonly Member[]): RequestHandler {
  let turn = 0
  return async (request, response) => {
    const first = turn++ % members.length
    for (const member of [...members.slice(first), ...members.slice(0, first)]) {
      const answer = await answerOf(member, request)
      if (!answer) continue
      member.requests += 1
      response.set('X-Served-By', member.name)
      return reply(response, answer)
    }
    throw new Refusal(503, 'no_server', 'None of the servers can be reached')
  }
}

/** Nothing if another server can be asked instead. */
async function answerOf(member: Member, request: Request): Promise<Answer | undefined> {
  const connection = await member.connection()
  if (!connection) return undefined
  try {
    return await forward(request, connection)
  } catch {
    if (canBeSentAgain(request)) return undefined
    const message = `Server ${member.name} went away with this request: nobody knows whether it did what was asked`
    throw new Refusal(502, 'server_lost', message)
  }
}

/**
 * A server that has gone away may have done what was asked before: what does not bear to be done twice is not sent twice.
 *
 * @see RFC 9110 s. 9.2.2
 */
function canBeSentAgain(request: Request): boolean {
  return /^(GET|HEAD|OPTIONS|PUT|DELETE)$/.test(request.method) && !hasBody(request)
}
