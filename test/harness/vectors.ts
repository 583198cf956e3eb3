import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Public test material, read from the folder that LATCHKEY_VECTORS names. */
export interface Vectors {
  readonly urls: {
    readonly allowed: string[]
    readonly rows: { readonly input: string; readonly base: string; readonly attach: boolean }[]
  }
  readonly peers: {
    readonly attach: string[]
    readonly refuse: string[]
    readonly ourExpectationDiffers: Record<string, string>
  }
  readonly cookies: { test: string; name: string; value: string; plain: string | null }[]
  readonly cookieLines: {
    readonly value: [line: string, seen: string][]
    readonly size_name_value_bytes: [name: number, value: number, verdict: 'keep' | 'drop'][]
  }
  /** By site: what its pages' `document.cookie` was. */
  readonly cookieJars: Record<string, string>
  readonly jwts: Record<string, string>
  /** RFC 9449 s. 4 to 7. */
  readonly dpop: Record<'jkt' | 'access_token' | 'token_endpoint_proof' | 'resource_proof', string>
  readonly csrf: Record<'verified_here' | 'from_docs_only', Record<string, CsrfConvention>>
}

/** What a framework was seen to do, or says that it does, in words. */
export interface CsrfConvention {
  readonly csrf_cookie?: string | null
  readonly csrf_header?: string
  readonly reject?: string
  readonly SPA?: string
}

const files: Record<keyof Vectors, string> = {
  urls: 'url-allowlist.json',
  peers: 'origin-peer-table.json',
  cookies: 'cookie-encoding.json',
  cookieLines: 'cookie-value-size.json',
  cookieJars: 'cookie-jars.json',
  jwts: 'jwt-rfc.json',
  dpop: 'dpop-rfc9449.json',
  csrf: 'csrf-conventions.json',
}

function read(folder: string): Vectors {
  const parsed = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const entries = Object.entries(files).map(([name, file]) => [name, parsed(file)])
  return Object.fromEntries(entries)
}

/** The vectors, or undefined and one loud line where the folder is not there. */
export function readVectors(): Vectors | undefined {
  const folder = process.env.LATCHKEY_VECTORS
  if (folder && existsSync(join(folder, files.urls))) return read(folder)
  const why = folder ? 'LATCHKEY_VECTORS names a folder without them' : 'LATCHKEY_VECTORS is not set'
  console.error(`\n*** latchkey: ${why}; THE TESTS OF PUBLIC VECTORS ARE LEFT OUT ***\n`)
  return undefined
}
