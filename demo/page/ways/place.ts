/** One spot of the browser that holds something of a strategy's, and what is there now. */
export interface Spot {
  readonly where: string
  readonly what: string
}

/** Where a strategy's credential really rests: read past the library, as any script on the page could. */
export interface Place {
  look(): Promise<readonly Spot[]>
  /** Changes one character of the token that is stored. Absent where script can't. */
  tamper?(): Promise<void>
}

/** The token with another character near its end, which the page shows; in a JWT, that is the signature. */
export function changed(token: string): string {
  const at = token.length - 3
  const other = token.charAt(at) === 'A' ? 'B' : 'A'
  return token.slice(0, at) + other + token.slice(at + 1)
}

/** The same for a token in a stored record. */
export function changedRecord(stored: string): string {
  const record = JSON.parse(stored)
  return JSON.stringify({ ...record, access_token: changed(record.access_token) })
}
