import { withDefaults } from '../options.js'
import type { Csrf } from './csrf.js'
import { csrfCookie } from './csrf-cookie.js'
import { csrfEndpoint } from './csrf-endpoint.js'
import { csrfMeta } from './csrf-meta.js'
import { refusal } from './refusal.js'

/** Where the app's own endpoint is, and what differs from the framework's defaults. */
export interface CsrfPreset {
  /** A GET that sets the cookie anew or, where there is none, answers with the token in JSON. */
  url?: string | undefined
  /** Name of the cookie, where it was changed. */
  cookie?: string | undefined
  /** Name of the header, where it was changed. */
  header?: string | undefined
  /** The field of the JSON. @default 'token' */
  field?: string | undefined
}

/**
 * Django's cookie `csrftoken`, or another `CSRF_COOKIE_NAME`. A `url` is a view with `ensure_csrf_cookie`. With
 * `CSRF_USE_SESSIONS` there is no cookie: use {@link csrfMeta} or {@link csrfEndpoint}.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://docs.djangoproject.com/en/stable/howto/csrf/#using-csrf-protection-with-ajax
 */
export function django(options: CookiePreset = {}): Csrf {
  const defaults = { cookie: 'csrftoken', header: 'X-CSRFToken', url: '' }
  // Translated, but for this word.
  const isRefusal = refusal([403], /\bCSRF\b/)
  return csrfCookie({ isRefusal, ...withDefaults('django', options, defaults) })
}

/**
 * Laravel's encrypted, percent-encoded `XSRF-TOKEN`, which Sanctum's `/sanctum/csrf-cookie` sets.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://laravel.com/docs/csrf#csrf-x-xsrf-token
 */
export function laravel(options: CookiePreset = {}): Csrf {
  const defaults = { ...XSRF, url: '/sanctum/csrf-cookie' }
  return csrfCookie({ isRefusal: refusal([419]), ...withDefaults('laravel', options, defaults) })
}

/**
 * Rails' `csrf_meta_tags`. A login exchanges the token, and the page keeps the old one: a `url` of the app's answers
 * with `{ "token": form_authenticity_token }`.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://guides.rubyonrails.org/security.html#cross-site-request-forgery-csrf
 */
export function rails(options: Pick<CsrfPreset, 'url' | 'field' | 'header'> = {}): Csrf {
  // A failed validation is a 422, too: only what Rails itself says of a rejected change, as page or JSON.
  const says =
    /InvalidAuthenticityToken|the change you wanted was rejected|^\{"status":"?422"?,"error":"Unproc/i
  const chosen = withDefaults('rails', options, { url: '', field: 'token', header: 'X-CSRF-Token' })
  return csrfMeta({ name: 'csrf-token', isRefusal: refusal([422], says), ...chosen })
}

/**
 * The cookie `XSRF-TOKEN` that servers for Angular's HttpClient set, such as lusca with `angular: true`.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://angular.dev/best-practices/security#httpclient-xsrf-csrf-security
 */
export function angular(options: CookiePreset = {}): Csrf {
  return csrfCookie(withDefaults('angular', options, { ...XSRF, url: '' }))
}

/**
 * Spring Security's `CookieCsrfTokenRepository.withHttpOnlyFalse()`, with its handler for single-page applications. The
 * cookie is gone after a login and a logout: a `url` is a GET that reads the token, and so sets it.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://docs.spring.io/spring-security/reference/servlet/exploits/csrf.html#csrf-integration-javascript-spa
 */
export function spring(options: CookiePreset = {}): Csrf {
  // Its 403 says nothing of CSRF. The token tells: it changes with the session alone, so a real 403 brings no other.
  return csrfCookie({ isRefusal: refusal([403]), ...withDefaults('spring', options, { ...XSRF, url: '' }) })
}

/**
 * csrf-sync and csrf-csrf, and lusca without `angular`: the app has an endpoint that answers with the token. Their error
 * has the code `EBADCSRFTOKEN`, of which Express in production says only "Forbidden": answer with the code.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://github.com/Psifi-Solutions/csrf-sync
 * @see https://github.com/Psifi-Solutions/csrf-csrf
 * @see https://github.com/krakenjs/lusca
 */
export function express(options: EndpointPreset = {}): Csrf {
  const defaults = { url: '/csrf-token', field: 'token', header: 'X-CSRF-Token' }
  return csrfEndpoint(withDefaults('express', options, defaults))
}

/**
 * `@fastify/csrf-protection`: the app has an endpoint that answers with `reply.generateCsrf()`.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://github.com/fastify/csrf-protection
 */
export function fastify(options: EndpointPreset = {}): Csrf {
  const defaults = { url: '/csrf-token', field: 'token', header: 'CSRF-Token' }
  const isRefusal = refusal([403], /FST_CSRF/)
  return csrfEndpoint({ isRefusal, ...withDefaults('fastify', options, defaults) })
}

/**
 * ASP.NET Core's antiforgery as its documentation has it for scripts: the app writes the cookie `XSRF-TOKEN`, and its
 * `HeaderName` is `X-XSRF-TOKEN`. The token is bound to the user's name: a `url` is a GET that sets the cookie anew.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://learn.microsoft.com/aspnet/core/security/anti-request-forgery
 */
export function aspnet(options: CookiePreset = {}): Csrf {
  // A failed validation is a 400, too, and says which: a refused token is an empty one, or a problem without details.
  const says = /^$|anti-?forgery|^\{"type":"[^"]*","title":"[^"]*","status":400(,"traceId":"[^"]*")?\}$/i
  return csrfCookie({
    isRefusal: refusal([400], says),
    ...withDefaults('aspnet', options, { ...XSRF, url: '' }),
  })
}

/** What the presets take whose token is in a cookie. */
export type CookiePreset = Pick<CsrfPreset, 'cookie' | 'header' | 'url'>
/** What the presets take whose token is an endpoint's answer. */
export type EndpointPreset = Pick<CsrfPreset, 'url' | 'field' | 'header'>

const XSRF = { cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' }
