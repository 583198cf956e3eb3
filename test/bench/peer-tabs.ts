import { type RequestHandler, Router } from 'express'
import type { Endpoint } from '../servers/oidc/refresh.js'
import type { Contestant } from '../storm/contestant.js'
import { dialects } from './dialects.js'

const page = `<!doctype html>
<meta charset="utf-8">
<title>A peer in a storm</title>
<link rel="icon" href="data:,">
<script type="module" src="/peer.js"></script>`

const served =
  (script: string) =>
  (endpoint: Endpoint): RequestHandler =>
    Router()
      .get('/peer', (_request, response) => void response.type('html').send(page))
      .get('/peer.js', (_request, response) => void response.type('text/javascript').send(script))
      .use(dialects(endpoint))

/** The entry of a peer's page. */
export const sourceOf = (module: string): string => `
  import { storming } from './page/storming.js'
  import * as peer from '${module}'
  storming(peer)`

/** Whether a tab's next request fails: asked of the library's tabs as of the others. */
export const failsAfter = (asker: string): string =>
  `${asker}.fetch('/api/after').then(({ status }) => status !== 200, () => true)`

/** A peer's tabs, with the script that was made of its entry. */
export function tabsOf(host: string, script: string): Contestant {
  const server = { host: `${host}.localhost`, besides: served(script) }
  return { page: '/peer', asker: 'peer', hasLost: failsAfter('peer'), isShared: true, server }
}
