import { type Client, newClient } from './client.js'
import { running, type WebServer } from './servers.js'

/** An answer, as far as it can be told from another one. */
export interface Said {
  readonly status: number
  readonly type: string
  /** The first line of it that speaks of CSRF, or the first at all. */
  readonly says: string
}

export interface Facts {
  readonly versions: string
  /** The cookies that were set, by name, and what script may do with them. */
  readonly cookies: readonly string[]
  /** What came of a POST with no token, and with one that was never given out. */
  readonly without: Said
  readonly wrong: Said
  /** What is refused for another reason. */
  readonly forbidden: Said
  /** What came of tokens from before: a login, a rotation. */
  readonly afterLogin: Said
  readonly afterRotation: Said
}

function lineOf(body: string): string {
  const text = body.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, '\n').replace(/&nbsp;/g, ' ')
  // A stack names files and is no word of the server's.
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^at /.test(line))
  return lines.find((line) => /csrf/i.test(line)) ?? lines.find((line) => !/^(Error)?$/.test(line)) ?? ''
}

async function said(response: Response): Promise<Said> {
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
  return { status: response.status, type, says: lineOf(await response.text()) }
}

/** A token as a page gets it: from the cookie, once any answer has set it, or from the endpoint. */
export async function tokenFor(client: Client, { cookie }: WebServer): Promise<string> {
  const response = await client.get('/csrf-token')
  if (cookie) return decodeURIComponent(client.cookies.get(cookie) ?? '')
  const { token } = await response.json()
  return token
}

export interface Signed {
  readonly client: Client
  /** The headers that the login was sent with. */
  readonly before: Record<string, string>
  readonly status: number
}

export async function signIn(server: WebServer): Promise<Signed> {
  const client = newClient((await running(server)).port)
  const before = { [server.header]: await tokenFor(client, server) }
  return { client, before, status: (await client.post('/login', before)).status }
}

function cookiesOf({ setCookies }: Client): string[] {
  const named = setCookies.map((line) => {
    const [name = ''] = line.trim().split('=')
    return `${name}${/;\s*HttpOnly/i.test(line) ? ', HttpOnly' : ''}`
  })
  return [...new Set(named)].sort()
}

/** What a server does, seen from a client that is no browser. */
export async function factsOf(server: WebServer): Promise<Facts> {
  const { client, before } = await signIn(server)
  const afterLogin = await said(await client.post('/items', before))
  const headers = { [server.header]: await tokenFor(client, server) }
  const without = await said(await client.post('/items'))
  const wrong = await said(await client.post('/items', { [server.header]: 'wrong' }))
  const forbidden = await said(await client.post('/forbidden', headers))
  await client.get('/control/rotate')
  const afterRotation = await said(await client.post('/items', headers))
  const { versions } = await running(server)
  return { versions, cookies: cookiesOf(client), without, wrong, forbidden, afterLogin, afterRotation }
}
