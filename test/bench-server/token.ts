import { setTimeout as sleep } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import { entryOf } from './record.js'
import { nth } from './routes.js'

type Answer = (response: Response, query: Request['query']) => unknown

const ok: Answer = (response, query) => {
  const { count } = entryOf(response)
  const tokens = { access_token: `at-${count}`, refresh_token: `rt-${count}` }
  response.json({ ...tokens, token_type: 'Bearer', expires_in: Number(query.expires_in ?? 3600) })
}

const modes: Record<string, Answer> = {
  ok,
  null: (response) => response.status(400).json({ error: 'invalid_grant' }),
  500: (response) => response.status(500).json({ error: 'server_error' }),
  html: (response) => response.type('html').send('<!doctype html><title>A login page</title>'),
  broken: (response) => response.type('json').send('{"access_token": "at-'),
  429: (response, { retry_after }) =>
    response
      .status(429)
      .set('Retry-After', String(retry_after ?? 1))
      .json({ error: 'slow_down' }),
  hang: () => undefined,
}

/** An OAuth token endpoint that goes wrong as told; `mode` may list one mode per call. */
export const token: RequestHandler = async ({ query }, response) => {
  const mode = nth(String(query.mode ?? 'ok'), entryOf(response).count)
  const answer = modes[mode]
  if (query.delay !== undefined) await sleep(Number(query.delay))
  if (answer) answer(response, query)
  else response.status(404).json({ error: `no such mode: ${mode}` })
}
