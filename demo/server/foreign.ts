import express, { type Express, type RequestHandler } from 'express'
import { checked, visit } from './input.js'
import { answerError, notAllowed, notFound } from './refusal.js'
import { type Seen, seen } from './seen.js'

const KEPT = 200

/** Somebody else's server: it lets every page in and writes down all that it is sent. */
export function createForeign(): Express {
  const log: { visit: string; seen: Seen }[] = []
  const collect: RequestHandler = (request, response) => {
    log.push({ visit: checked(visit, request.query).visit, seen: seen(request) })
    log.splice(0, log.length - KEPT)
    response.json({ noted: true })
  }
  const show: RequestHandler = (request, response) => {
    const wanted = checked(visit, request.query).visit
    response.json(log.filter((entry) => entry.visit === wanted).map((entry) => entry.seen))
  }
  const app = express().disable('x-powered-by').disable('etag').use(letAllIn)
  app.route('/collect').all(collect)
  app.route('/log').get(show).all(notAllowed('GET'))
  return app.use(notFound, answerError)
}

/** It asks for all that a browser could be made to send, so what does not come was not sent. */
const letAllIn: RequestHandler = ({ headers }, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '*',
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? 'GET, POST',
    'Cache-Control': 'no-store',
    Vary: 'Origin',
  })
  next()
}
