import type { Claims } from '../types.js'

/**
 * How long a credential lives from its receipt, in seconds: the shorter of what the token response and the
 * claims say, `undefined` if neither says anything usable. `exp` minus `iat` is a duration, which a wrong
 * clock on this device can't falsify; `exp` alone has to be compared with the clock.
 */
export function lifeOf(
  expiresIn: unknown,
  claims: Claims | undefined,
  receivedAt: number,
): number | undefined {
  const { exp, iat } = claims ?? {}
  const issued = isNumericDate(iat) ? iat : receivedAt / 1000
  const lives = [Number(expiresIn), isNumericDate(exp) ? exp - issued : 0]
  const [shortest] = lives.filter((life) => life > 0 && life < 1e11).sort((one, other) => one - other)
  return shortest
}

/** RFC 7519 s. 2: seconds since the epoch. From 1e11 on (the year 5138) they must have been milliseconds. */
function isNumericDate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e11
}
