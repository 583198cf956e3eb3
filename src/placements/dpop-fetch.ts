import { nativeFetch } from '../native-fetch.js'
import { own, ownInit } from '../options.js'
import { remade } from '../remade.js'
import type { DpopPlacement } from '../types.js'
import { type DpopServers, type ProofRefusal, refusalIn } from './dpop-servers.js'

/** A fetch with a proof, and once more with another one where the server wants that. */
export function createDpopFetch(
  servers: DpopServers,
  prove: (request: Request) => Promise<unknown>,
): DpopPlacement['fetch'] {
  return async (input, init, send = nativeFetch) => {
    const request = new Request(input, ownInit(init))
    // Whatever it is, as a Blob it can be sent twice; what a token endpoint is sent is small.
    const body = /^(GET|HEAD)$/.test(request.method) ? null : await request.blob()
    const redirect = request.redirect === 'follow' ? 'error' : request.redirect
    const sent = async () => {
      const carrier = remade(request, { redirect, body })
      await prove(carrier)
      const response = await send(carrier)
      return { response, isWorthMore: servers.learn(carrier, response, await refusalOf(response)) }
    }
    const { response, isWorthMore } = await sent()
    if (!isWorthMore) return response
    response.body?.cancel().catch(() => {})
    return (await sent()).response
  }
}

/** RFC 9449 s. 8. The body is the caller's, so a copy is read. */
async function refusalOf(response: Response): Promise<ProofRefusal> {
  const { status, headers } = response
  if (!/^40[01]$/.test(`${status}`)) return undefined
  const answer: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  const { error } = own(Object(answer))
  return refusalIn(`${typeof error === 'string' && error} ${headers.get('www-authenticate')}`)
}
