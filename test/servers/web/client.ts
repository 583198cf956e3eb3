/** A client without a browser, which keeps cookies and does nothing else by itself. */
export interface Client {
  readonly cookies: ReadonlyMap<string, string>
  /** The lines by which cookies were set, newest last. */
  readonly setCookies: readonly string[]
  get(path: string): Promise<Response>
  post(path: string, headers?: Record<string, string>): Promise<Response>
}

export function newClient(port: number): Client {
  const cookies = new Map<string, string>()
  const setCookies: string[] = []
  const keep = (line: string) => {
    setCookies.push(line)
    const [, name = '', value = ''] = /^\s*([^=]+)=([^;]*)/.exec(line) ?? []
    cookies.set(name, value)
  }
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { ...Object(init.headers), ...(cookie && { cookie }) }
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers })
    response.headers.getSetCookie().forEach(keep)
    return response
  }
  const asJson = { 'Content-Type': 'application/json' }
  return {
    cookies,
    setCookies,
    get: (path) => ask(path),
    post: (path, headers = {}) =>
      ask(path, { method: 'POST', body: '{}', headers: { ...asJson, ...headers } }),
  }
}
