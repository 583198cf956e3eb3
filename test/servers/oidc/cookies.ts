import type { Request } from 'express'

export function cookieOf({ headers }: Request, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(/; */).map((pair) => pair.split('='))
  const value = pairs.find(([key]) => key === name)?.[1]
  return value === undefined ? undefined : decodeURIComponent(value)
}
