/** How long the server wants not to be asked, in milliseconds; `NaN` if it does not say (RFC 9110 s. 10.2.3). */
export function retryAfterMs({ headers }: Response, now: number): number {
  const after = headers.get('retry-after') ?? ''
  // Seconds, which some servers say in fractions, or a date by the server's clock.
  const sentAt = Date.parse(headers.get('date') ?? '') || now
  return /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - sentAt
}
