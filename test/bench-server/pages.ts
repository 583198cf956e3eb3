import { fileURLToPath } from 'node:url'
import { type RequestHandler, Router } from 'express'

const file = (path: string): RequestHandler => {
  const at = fileURLToPath(new URL(path, import.meta.url))
  return (_request, response) => response.sendFile(at, { cacheControl: false })
}

/** A page with the built library, for tests that need hosts of their own. */
export const pages: Router = Router()
  .get('/:id/page', file('page.html'))
  .get('/:id/latchkey.min.js', file('../../dist/latchkey.min.js'))
