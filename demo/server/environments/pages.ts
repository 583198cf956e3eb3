import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type RequestHandler, Router } from 'express'
import { root, send } from '../pages.js'
import { notAllowed } from '../refusal.js'

const AS_IT_IS: Readonly<Record<string, string>> = {
  '/environments': 'demo/page/environments/index.html',
  '/environments/style.css': 'demo/page/environments/style.css',
  '/environments/environments.js.map': 'demo/.build/public/environments.js.map',
}

const WITH_PORT: Readonly<Record<string, string>> = {
  '/environments/main.js': 'demo/.build/public/environments.js',
  '/environments/latchkey.json': 'demo/page/environments/latchkey.json',
}

/** The page of the environments: the same files at each host. */
export function createEnvironmentPages(): Router {
  const pages = Router()
  const add = (path: string, ...handlers: RequestHandler[]) =>
    pages
      .route(path)
      .get(...handlers)
      .all(notAllowed('GET'))
  for (const [path, file] of Object.entries(AS_IT_IS)) add(path, send(file))
  for (const [path, file] of Object.entries(WITH_PORT)) add(path, sendWithPort(file))
  // By its ending it would be a film.
  add('/environments/app.ts', asText, send('demo/page/environments/app.ts'))
  return pages
}

const asText: RequestHandler = (_request, response, next) => {
  response.type('text/plain')
  next()
}

/** The configuration names the port that the demo has by default. Where it was asked for at another, it names that. */
function sendWithPort(file: string): RequestHandler {
  return async ({ host }, response) => {
    const text = await readFile(join(root, file), 'utf8')
    // Not the socket's, which behind a balancer is no port of the browser's.
    const [, port = '80'] = /:(\d{1,5})$/.exec(host) ?? []
    response
      .set('Cache-Control', 'no-cache')
      .type(extname(file))
      .send(text.replaceAll('//localhost:4173/', `//localhost:${port}/`))
  }
}
