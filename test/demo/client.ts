/** What a server answered, with its body read as the JSON that it must be. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

export async function ask(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  const body = JSON.parse(await response.text())
  return { status: response.status, headers: response.headers, body }
}

export function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: text }
}

export function form(fields: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields) }
}

export function bearer(token: unknown): RequestInit {
  return { headers: { Authorization: `Bearer ${token}` } }
}

/** The cookies that an answer sets, as a request sends them back. */
export function cookiesIn({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .map((line) => line.replace(/;.*/, ''))
    .join('; ')
}
