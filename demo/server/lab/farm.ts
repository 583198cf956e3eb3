import { Router } from 'express'
import { notAllowed, notFound } from '../refusal.js'
import { uncached } from '../routes.js'

/** What a server that is no part of a farm says of its farm. In a farm the balancer answers here. */
export function createFarm(): Router {
  const farm = Router().use(uncached)
  farm
    .route('/')
    .get((_request, response) => void response.json({ servers: [], redis: [] }))
    .all(notAllowed('GET'))
  return farm.use(notFound)
}
