import { fileURLToPath } from 'node:url'
import { type Request, type RequestHandler, Router } from 'express'

/** The strictest policy that a page with script and an API can have; what breaks it is reported to this server. */
function policy({ params, query }: Request<{ id: string }>): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src 'self' ${query.connect}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    // Browsers ask for an icon by themselves.
    'img-src data:',
    `report-uri /${params.id}/reports`,
  ].join('; ')
}

const loaded = {
  tag: `<script src="latchkey.min.js" data-strategy="session" data-csrf="angular" data-allowed-origins="self"
    data-install></script>`,
  esm: '',
}

/** A page that lives through the library's whole life, with the script tag's file or the ESM build. */
const page: RequestHandler<{ id: string; how: string }> = (request, response) => {
  const how = request.params.how === 'tag' ? 'tag' : 'esm'
  response
    .set('Content-Security-Policy', policy(request))
    .type('html')
    .send(`<!doctype html>
    <link rel="icon" href="data:,">
    <meta name="csrf-token" content="from-the-page">
    <script src="watch.js"></script>
    ${loaded[how]}
    <script type="module" src="life.js"></script>
    <body></body>`)
}

let bundle: Promise<Map<string, string>> | undefined

/** The ESM build, as an app's bundler makes files of it: one and what it loads when it is called for. */
async function bundled(): Promise<Map<string, string>> {
  // Not before: each run of tests starts this server, and few ask for this.
  const [{ rollup }, { default: resolve }] = await Promise.all([
    import('rollup'),
    import('@rollup/plugin-node-resolve'),
  ])
  const input = fileURLToPath(new URL('../../../dist/esm/index.js', import.meta.url))
  const made = await rollup({ input, plugins: [resolve({ browser: true })] })
  const { output } = await made.generate({ format: 'es' })
  await made.close()
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])))
}

const esm: RequestHandler<{ file: string }> = async ({ params }, response) => {
  bundle ??= bundled()
  const code = (await bundle).get(params.file)
  if (code === undefined) response.status(404).end()
  else response.type('js').send(code)
}

const noContent: RequestHandler = (_request, response) => void response.status(204).end()

const csrf: RequestHandler = (_request, response) => void response.json({ token: 'from-the-endpoint' })

/** What a page under the strictest policy needs. */
export const strict: Router = Router()
  .get('/:id/strict-:how', page)
  .get('/:id/esm/:file', esm)
  .get('/:id/csrf', csrf)
  .post('/:id/reports', noContent)
