import { remade } from '../remade.js'

/**
 * What a second sending needs, taken before the first one uses the body up: a function that makes the
 * request again with the same bytes, or `undefined` where that can't be.
 */
export function replayable(request: Request, given: unknown): (() => Request) | undefined {
  // By the method, since Firefox has no Request.body to ask (bug 1387483).
  if (/^(GET|HEAD)$/.test(request.method)) return () => request
  // Nobody can change these. With a new body, the used one is not looked at (Fetch s. 5.4, "inputOrInitBody").
  if (typeof given === 'string' || given instanceof Blob) return () => remade(request, { body: given })
  if (given instanceof ReadableStream) return undefined
  const copy = request.clone()
  return () => copy
}
