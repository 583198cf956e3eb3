import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Site {
  /** The address of a host's page, which loads the script that was given for it. */
  pageOf(host: string, query?: string): string
  close(): void
}

const page = (script: string) => `<!doctype html>
<meta charset="utf-8">
<title>Measuring</title>
<link rel="icon" href="data:,">
<script type="module" src="${script}"></script>`

// Isolated from other sites, a page has the finest clock that its browser gives (HR-Time s. 8.1).
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

function send(response: ServerResponse, type: string, body: string, headers = {}): void {
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache', ...headers }).end(body)
}

/** What peers ask at their start about the user that is signed in. */
const user = JSON.stringify({ users: [{ localId: 'ada' }] })

/** An API on this device, and a page for each script at a host of its own. */
export async function openSite(scripts: ReadonlyMap<string, string>): Promise<Site> {
  const answer: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const script = scripts.get(pathname)
    if (script !== undefined) send(response, 'text/javascript', script)
    else if (pathname === '/page')
      send(response, 'text/html', page(`/${request.headers.host?.split('.')[0]}.js`), isolated)
    else if (pathname.endsWith('accounts:lookup')) send(response, 'application/json', user)
    else
      request
        .resume()
        .on('end', () => send(response, 'application/json', '{}', { 'Cache-Control': 'no-store' }))
  }
  // Tokens of 8 KB come in a header.
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 600_000 }, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    pageOf: (host, query = '') => `http://${host}.localhost:${port}/page${query}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
