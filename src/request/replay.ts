import { remade } from '../remade.js'

/**
 * What a second sending needs, taken before the first one uses the body up: a function that makes the
 * request again with the same bytes, or `undefined` where that can't be, or costs more than it is worth: a big
 * body would be held in memory, for a refusal that is not expected while the credential is fresh.
 */
export function replayable(
  request: Request,
  given: unknown,
  isFresh: () => boolean,
): (() => Request) | undefined {
  if (given === undefined) return () => request
  // Nobody can change these. With a new body, the used one is not looked at (Fetch s. 5.4, "inputOrInitBody").
  if (typeof given === 'string' || given instanceof Blob) return () => remade(request, { body: given })
  if (given instanceof ReadableStream || (isBig(given) && isFresh())) return undefined
  const copy = request.clone()
  // It may be wanted once more: first for a refused CSRF token, then for a refused credential.
  return () => copy.clone()
}

const BIG_BYTES = 1_048_576

/** A request that came with its body does not say how big that is: text rarely is. */
function isBig(given: unknown): boolean {
  if (given instanceof FormData) return [...given.values()].some((value) => Object(value).size > BIG_BYTES)
  if (given instanceof Request) return !/^text|json|urlencoded/.test(`${given.headers.get('content-type')}`)
  return Object(given).byteLength > BIG_BYTES
}
