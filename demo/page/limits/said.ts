import { isLatchkeyError } from '../../../src/index.js'

/** An error by its name: latchkey's by its code, and the rest as the browser has it. */
export function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const name = isLatchkeyError(error) ? error.code : error.name
  return error.message === name ? name : `${name}: ${error.message}`
}
