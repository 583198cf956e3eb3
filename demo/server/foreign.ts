import express, { type Express, type RequestHandler } from 'express'
import { checked, visit } from './input.js'
import { answerError, notAllowed, notFound } from './refusal.js'
import { type Seen, seen } from './seen.js'
import { createThief } from './thief.js'

const KEPT = 200

/** Somebody else's server: it lets every page in and writes down all that it is sent. */
export function createForeign(): Express {
  const log: { visit: string; seen: Seen }[] = []
  const note: RequestHandler = (request, _response, next) => {
    log.push({ visit: checked(visit, request.query).visit, seen: seen(request) })
    log.splice(0, log.length - KEPT)
    next()
  }
  const show: RequestHandler = (request, response) => {
    const wanted = checked(visit, request.query).visit
    response.json(log.filter((entry) => entry.visit === wanted).map((entry) => entry.seen))
  }
  const app = express().disable('x-powered-by').disable('etag').use(letAllIn)
  app.route('/collect').all(note, (_request, response) => void response.json({ noted: true }))
  app.route('/log').get(show).all(notAllowed('GET'))
  app.use('/use', note)
  return app.use(createThief(), notFound, answerError)
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
