import { describe, expect, test } from 'vitest'
import {
  angular,
  aspnet,
  type Csrf,
  django,
  express,
  fastify,
  laravel,
  rails,
  spring,
} from '../../../src/index.js'
import { nowhere } from '../../shared/fixtures/csrf-server.js'

type Answer = readonly [status: number, body: string]

interface Row {
  csrf: Csrf
  header: string
  /** What the framework answers to a token it does not take. */
  refusals: readonly Answer[]
  /** What it answers for other reasons with such a status. */
  others: readonly Answer[]
}

const PROBLEM =
  '{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Bad Request","status":400'

const rows: Record<string, Row> = {
  django: {
    csrf: django(),
    header: 'X-CSRFToken',
    refusals: [
      [403, '<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>'],
      [403, '<h1>Verboten</h1><p>CSRF-Verifizierung fehlgeschlagen. Anfrage abgebrochen.</p>'],
    ],
    others: [
      [403, '<h1>403 Forbidden</h1>'],
      [403, '<form><input name="csrfmiddlewaretoken"></form>'],
      [400, 'CSRF'],
    ],
  },
  laravel: {
    csrf: laravel(),
    header: 'X-XSRF-TOKEN',
    refusals: [
      [419, '{"message":"CSRF token mismatch."}'],
      [419, '<title>Page Expired</title>'],
    ],
    others: [
      [403, '{"message":"This action is unauthorized."}'],
      [422, '{"message":"The csrf field is required."}'],
    ],
  },
  rails: {
    csrf: rails(),
    header: 'X-CSRF-Token',
    refusals: [
      [422, '<header><h1>ActionController::InvalidAuthenticityToken in ItemsController#create</h1>'],
      [422, '<p>The change you wanted was rejected.</p>'],
      [422, '{"status":422,"error":"Unprocessable Content"}'],
      [422, '{"status":"422","error":"Unprocessable Entity"}'],
    ],
    others: [
      [422, '{"errors":{"name":["can\'t be blank"]}}'],
      [403, 'InvalidAuthenticityToken'],
    ],
  },
  angular: {
    csrf: angular(),
    header: 'X-XSRF-TOKEN',
    refusals: [
      [403, 'Error: CSRF token mismatch'],
      [403, '{"error":"invalid XSRF token"}'],
    ],
    others: [[403, 'Forbidden']],
  },
  spring: {
    csrf: spring(),
    header: 'X-XSRF-TOKEN',
    // Its 403 says nothing: whether the cookie has another token by then does.
    refusals: [[403, '{"status":403,"error":"Forbidden","path":"/items"}']],
    others: [[401, '']],
  },
  express: {
    csrf: express(),
    header: 'X-CSRF-Token',
    refusals: [
      [403, 'ForbiddenError: invalid csrf token'],
      [403, '{"code":"EBADCSRFTOKEN"}'],
    ],
    others: [
      [403, '<pre>Forbidden</pre>'],
      [
        403,
        '<pre>Error: not for you<br> &nbsp; at checkCsrf (/app/node_modules/lusca/lib/csrf.js:159:13)</pre>',
      ],
      [403, '<p>Admins only</p><form><input type="hidden" name="_csrf" value="t"></form>'],
      [404, 'csrf'],
    ],
  },
  fastify: {
    csrf: fastify(),
    header: 'CSRF-Token',
    refusals: [
      [403, '{"statusCode":403,"code":"FST_CSRF_INVALID_TOKEN","error":"Forbidden"}'],
      [403, '{"statusCode":403,"code":"FST_CSRF_MISSING_SECRET","error":"Forbidden"}'],
    ],
    others: [[403, '{"statusCode":403,"error":"Forbidden","message":"Forbidden"}']],
  },
  aspnet: {
    csrf: aspnet(),
    header: 'X-XSRF-TOKEN',
    refusals: [
      [400, ''],
      [400, `${PROBLEM},"traceId":"00-a-b-00"}`],
      [400, `${PROBLEM}}`],
      [400, 'Invalid anti-forgery token found when reading parameter'],
    ],
    others: [
      [400, `${PROBLEM},"errors":{"Name":["The Name field is required."]}}`],
      [400, `${PROBLEM},"detail":"no such item"}`],
      [400, '{"error":"name taken"}'],
    ],
  },
}

const refuses = (csrf: Csrf, [status, body]: Answer) => csrf.isRefusal(new Response(body, { status }))

describe.each(Object.entries(rows))('%s', (_, { csrf, header, refusals, others }) => {
  test('sends the token in the framework’s header', () => expect(csrf.header).toBe(header))

  test.each(refusals)('a %i is a refusal of the token: %s', async (...answer) => {
    expect(await refuses(csrf, answer)).toBe(true)
  })

  test.each(others)('a %i is none: %s', async (...answer) => {
    expect(await refuses(csrf, answer)).toBe(false)
  })
})

test.each([
  ['django', django({ cookie: 'mycsrf' }), 'mycsrf'],
  ['django', django({ cookie: undefined }), 'csrftoken'],
  ['laravel', laravel(), 'XSRF-TOKEN'],
  ['angular', angular(), 'XSRF-TOKEN'],
  ['spring', spring(), 'XSRF-TOKEN'],
  ['aspnet', aspnet(), 'XSRF-TOKEN'],
])('%s reads the cookie %3$s', (_, csrf, cookie) => {
  // biome-ignore lint/suspicious/noDocumentCookie: as a server would
  document.cookie = `${cookie}=token%3D; path=/`
  expect(csrf.read(nowhere)).toBe('token=')
  // biome-ignore lint/suspicious/noDocumentCookie: as a server would
  document.cookie = `${cookie}=; path=/; max-age=0`
})

test.each([
  ['django', () => django({ field: 'token' } as never), '"field" must be an option of django'],
  ['express', () => express({ url: '' }), '"url" must be the URL of the endpoint'],
  [
    'fastify',
    () => fastify({ header: 'Cookie' }),
    '"header" must be the name of a header that script may set',
  ],
])('%s refuses a wrong option by its name', (_, make, message) => {
  expect(make).toThrow(message)
})
