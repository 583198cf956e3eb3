import { setTimeout as sleep } from 'node:timers/promises'
import { type RequestHandler, Router } from 'express'
import { entryOf, type Records } from './record.js'

/** The nth of a comma-separated list, whose last item goes on for ever. */
export function nth(list: string, count: number): string {
  const items = list.split(',')
  return items[Math.min(count, items.length) - 1] ?? ''
}

const echo: RequestHandler = (_request, response) => {
  response.json(entryOf(response))
}

const answers: RequestHandler<{ codes: string }> = ({ params }, response) => {
  const entry = entryOf(response)
  const status = Number(nth(params.codes, entry.count))
  if (status === 401) response.set('WWW-Authenticate', 'Bearer error="invalid_token"')
  response.status(status).json(entry)
}

const redirect: RequestHandler<{ status: string }> = ({ params, query }, response) => {
  // As servers do that add a slash, or another host.
  const kept = query.keep === undefined ? '' : `&keep=${query.keep}&key=${query.key}`
  // Not response.redirect(), which answers with a page and rewrites the address.
  response.status(Number(params.status)).setHeader('Location', `${query.to}${kept}`)
  response.end()
}

const slow: RequestHandler<{ ms: string }> = async ({ params }, response) => {
  await sleep(Number(params.ms))
  response.json(entryOf(response))
}

const setCookie: RequestHandler = ({ query }, response) => {
  const lines = [query.line ?? []].flat().map(String)
  response.setHeader('Set-Cookie', lines).json(entryOf(response))
}

/** A page that runs what it is told to, with the library from the address it is given as `library`. */
const runner: RequestHandler = ({ query }, response) => {
  response.type('html').send(`<!doctype html><script type="module">
    import * as library from ${JSON.stringify(query.library)}
    addEventListener('message', async ({ data, ports: [port] }) => {
      const run = new Function('library', \`return (\${data})(library)\`)
      port.postMessage(await run(library).catch(({ code, name }) => code ?? name))
    })
    parent.postMessage('ready', '*')
  </script>`)
}

/** Takes whoever comes with the cookie `sid`. */
const session: RequestHandler = ({ headers }, response) => {
  response.status(/\bsid=/.test(headers.cookie ?? '') ? 200 : 401).json(entryOf(response))
}

/** Lets caches keep it for a minute, or ask again with what is the same for all users; and takes back `Vary`. */
const cacheable: Record<string, Record<string, string>> = {
  'max-age': { 'Cache-Control': 'max-age=60' },
  etag: { 'Cache-Control': 'max-age=0', ETag: '"1700000000"' },
}

const cached: RequestHandler<{ how: string }> = ({ params, headers }, response) => {
  const { count } = entryOf(response)
  response.removeHeader('Vary')
  response.set(cacheable[params.how] ?? {})
  const isKnown = params.how === 'etag' && headers['if-none-match'] !== undefined
  if (isKnown) response.status(304).end()
  else
    response.json({
      count,
      credential: headers.authorization ?? headers.cookie ?? headers['x-token'] ?? null,
    })
}

export function routes(records: Records): Router {
  return Router()
    .get('/:id/log', ({ params }, response) => void response.json(records.of(params.id)))
    .all('/:id/echo{*rest}', echo)
    .all('/:id/answers/:codes{/*rest}', answers)
    .all('/:id/redirect/:status', redirect)
    .all('/:id/slow/:ms', slow)
    .all('/:id/hang', () => undefined)
    .all('/:id/drop', ({ socket }) => void socket.destroy())
    .all('/:id/set-cookie', setCookie)
    .all('/:id/session', session)
    .all('/:id/cached/:how', cached)
    .get('/:id/runner', runner)
}
