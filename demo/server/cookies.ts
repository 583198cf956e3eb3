import type { Request } from 'express'

/** The value of a cookie in the request's `Cookie` header, if it is there. */
export function cookieOf({ headers }: Request, name: string): string | undefined {
  const pair = headers.cookie?.split('; ').find((one) => one.startsWith(`${name}=`))
  return pair && decoded(pair.slice(name.length + 1))
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
