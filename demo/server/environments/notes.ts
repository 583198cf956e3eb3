import { type RequestHandler, Router } from 'express'
import { Expiring } from '../expiring.js'
import { checked, note } from '../input.js'
import type { Kind } from '../kind.js'
import { notAllowed } from '../refusal.js'

const LIFE_SECONDS = 8 * 3600
const KEPT = 20

/** Each user's notes. Which kind of credential proves who that is makes no difference here. */
export function notesOf(kind: Kind): Router {
  const notes = new Expiring<readonly string[]>(LIFE_SECONDS)
  const show: RequestHandler = async (request, response) => {
    response.json({ notes: notes.get(await kind.recognise(request)) ?? [] })
  }
  const add: RequestHandler = async (request, response) => {
    const name = await kind.recognise(request)
    const { text } = checked(note, request.body)
    const kept = [...(notes.get(name) ?? []), text].slice(-KEPT)
    notes.set(name, kept)
    response.status(201).json({ notes: kept })
  }
  const routes = Router()
  routes.route('/notes').get(show).post(add).all(notAllowed('GET, POST'))
  return routes
}
