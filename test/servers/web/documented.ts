/** What a framework's documentation says, where nobody has run it here. */
export interface Documented {
  readonly framework: string
  readonly link: string
  readonly preset: string
  readonly read: string
  readonly sent: string
  readonly refusal: string
  readonly rotates: string
}

export const documented: readonly Documented[] = [
  {
    framework: 'Laravel',
    link: 'https://laravel.com/docs/csrf#csrf-x-xsrf-token',
    preset: 'laravel()',
    read: 'the cookie `XSRF-TOKEN`, percent-encoded; `GET /sanctum/csrf-cookie` sets it',
    sent: '`X-XSRF-TOKEN`',
    refusal: '419',
    rotates: 'with the session, which a login exchanges',
  },
  {
    framework: 'Rails',
    link: 'https://guides.rubyonrails.org/security.html#cross-site-request-forgery-csrf',
    preset: "rails({ url: '/csrf-token' })",
    read: '`<meta name="csrf-token">`; after a login, which leaves the page the old one, the `url`',
    sent: '`X-CSRF-Token`',
    refusal: '422, `InvalidAuthenticityToken`',
    rotates: '`reset_session` at a login',
  },
  {
    framework: 'Spring Security',
    link: 'https://docs.spring.io/spring-security/reference/servlet/exploits/csrf.html#csrf-integration-javascript-spa',
    preset: "spring({ url: '/csrf' })",
    read: 'the cookie `XSRF-TOKEN` of `CookieCsrfTokenRepository.withHttpOnlyFalse()`',
    sent: '`X-XSRF-TOKEN`',
    refusal: '403, as any other',
    rotates: 'the cookie is taken back at a login and at a logout; the `url` sets it anew',
  },
  {
    framework: 'ASP.NET Core',
    link: 'https://learn.microsoft.com/aspnet/core/security/anti-request-forgery',
    preset: "aspnet({ url: '/antiforgery/token' })",
    read: 'a cookie `XSRF-TOKEN` that the app writes',
    sent: '`X-XSRF-TOKEN`, which `HeaderName` has to be',
    refusal: '400',
    rotates: "is bound to the user's name: another one after a login",
  },
]
