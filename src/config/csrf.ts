import type { Csrf } from '../placements/csrf.js'
import { csrfCookie } from '../placements/csrf-cookie.js'
import { csrfEndpoint } from '../placements/csrf-endpoint.js'
import { csrfMeta } from '../placements/csrf-meta.js'
import { csrfResponseHeader } from '../placements/csrf-response-header.js'
import { mustBeHeaderName } from '../placements/header.js'
import { angular, aspnet, django, express, fastify, laravel, rails, spring } from '../placements/presets.js'
import type {
  CsrfCookieData,
  CsrfEndpointData,
  CsrfMetaData,
  CsrfPresetData,
  CsrfResponseHeaderData,
} from './data.js'
import { anyOf, described, type Fields, maybe, type Schema, text } from './schema.js'

/** The conventions for CSRF tokens: the frameworks', and what those are made of. */
export function csrfs(): Schema<Csrf> {
  const name = text((given) => mustBeHeaderName('header', given))
  const [url, field, header] = [maybe(text()), maybe(text()), maybe(name)]
  const byCookie = { cookie: maybe(text()), header, url } satisfies Fields<
    CsrfPresetData<'cookie' | 'header' | 'url'>
  >
  const byToken = { url, field, header } satisfies Fields<CsrfPresetData<'url' | 'field' | 'header'>>
  return anyOf<Csrf>({
    django: described(byCookie, django),
    laravel: described(byCookie, laravel),
    rails: described(byToken, rails),
    angular: described(byCookie, angular),
    spring: described(byCookie, spring),
    express: described(byToken, express),
    fastify: described(byToken, fastify),
    aspnet: described(byCookie, aspnet),
    cookie: described({ cookie: text(), header: name, url } satisfies Fields<CsrfCookieData>, csrfCookie),
    meta: described({ name: text(), header: name, url, field } satisfies Fields<CsrfMetaData>, csrfMeta),
    endpoint: described(
      { url: text(), field, header: name } satisfies Fields<CsrfEndpointData>,
      csrfEndpoint,
    ),
    'response-header': described(
      { header: name } satisfies Fields<CsrfResponseHeaderData>,
      csrfResponseHeader,
    ),
  })
}
