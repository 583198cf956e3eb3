import { fileURLToPath } from 'node:url'
import { type RequestHandler, Router } from 'express'

const file = (path: string): RequestHandler => {
  const at = fileURLToPath(new URL(path, import.meta.url))
  return (_request, response) => response.sendFile(at, { cacheControl: false })
}

/** A page whose script tag has the attributes that the query names. */
const tag: RequestHandler = ({ query }, response) => {
  const attributes = Object.entries(query).map(([name, value]) => `${name}="${value}"`)
  response
    .type('html')
    .send(`<!doctype html><link rel="icon" href="data:,"><script ${attributes.join(' ')}></script>`)
}

/** The page that the query has. */
const markup: RequestHandler = ({ query }, response) =>
  void response.type('html').send(`<!doctype html><link rel="icon" href="data:,">${query.html}`)

/** Pages with the built library, for tests that need hosts of their own. */
export const pages: Router = Router()
  .get('/:id/page', file('page.html'))
  .get('/:id/tag', tag)
  .get('/:id/markup', markup)
  .get('/:id/latchkey.min.js', file('../../dist/latchkey.min.js'))
  .get('/:id/latchkey.min.mjs', file('../../dist/latchkey.min.mjs'))
  .get('/:id/latchkey.js', file('../../dist/latchkey.js'))
  .get('/:id/watch.js', file('strict/watch.js'))
  .get('/:id/life.js', file('strict/life.js'))
