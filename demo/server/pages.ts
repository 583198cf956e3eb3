import { fileURLToPath } from 'node:url'
import { type RequestHandler, Router } from 'express'
import { giveCsrfToken } from './csrf.js'
import { notAllowed } from './refusal.js'

export const root: string = fileURLToPath(new URL('../../../../', import.meta.url))

const FILES: Readonly<Record<string, string>> = {
  '/style.css': 'demo/page/style.css',
  '/icon.svg': 'demo/page/icon.svg',
  '/script-tag.html': 'demo/page/script-tag.html',
  '/script-tag.js': 'demo/page/script-tag.js',
  '/attack.js': 'demo/page/attacks/attack.js',
  '/latchkey.min.js': 'dist/latchkey.min.js',
  '/latchkey.min.js.map': 'dist/latchkey.min.js.map',
}

/** The files of the script-tag page and what all pages share, and no others. */
export function createPages(): Router {
  const pages = Router().get('/script-tag.html', giveCsrfToken)
  for (const [path, file] of Object.entries(FILES)) pages.route(path).get(send(file)).all(notAllowed('GET'))
  return pages
}

/** Sends a file of the project. */
export function send(file: string): RequestHandler {
  const headers = { 'Cache-Control': 'no-cache' }
  return (_request, response, next) =>
    response.sendFile(
      file,
      { root, dotfiles: 'allow', headers, cacheControl: false },
      (error) => error && next(error),
    )
}

/** The strictest policy the pages can live with; the library needs nothing beyond it. */
export function securityHeaders(foreignOrigin: string): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'Content-Security-Policy': policy(foreignOrigin),
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    next()
  }
}

function policy(foreignOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${foreignOrigin}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}
