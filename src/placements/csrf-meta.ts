import { must, withDefaults } from '../options.js'
import type { Csrf } from './csrf.js'
import { tokenAt } from './csrf-endpoint.js'
import { mustBeHeaderName } from './header.js'
import { type IsRefusal, saysCsrf } from './refusal.js'

/** What {@link csrfMeta} takes. */
export interface CsrfMetaOptions {
  /** Name of the element, as in `<meta name="csrf-token" content="…">`. */
  name: string
  /** Name of the header, such as `X-CSRF-Token`. */
  header: string
  /** Where to get a new one: a GET that answers with JSON, asked when the page's is missing or refused. @default none */
  url?: string | undefined
  /** The field of that answer that holds it. @default 'token' */
  field?: string | undefined
  /** Whether an answer refuses the token. @default its status is 400, 403, 419 or 422, and it speaks of CSRF */
  isRefusal?: IsRefusal | undefined
}

/**
 * The token that the server has written into the page. It is read when a request is sent, so what Turbo or htmx have
 * exchanged since counts. A login on the page itself makes it stale: give a `url`, or write the new one into the element.
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function csrfMeta(options: CsrfMetaOptions): Csrf {
  const { name, header, url, field, isRefusal } = withDefaults('csrfMeta', options, DEFAULTS)
  must('name', name, 'be the name of a meta element')
  mustBeHeaderName('header', header)
  // What the endpoint gave counts until the page has another one than then.
  let newer: { token: string; than: string | undefined } | undefined
  return {
    header,
    url,
    isRefusal,
    read() {
      const written = contentOf(name)
      return newer && newer.than === written ? newer.token : written
    },
    renew: url
      ? async ({ ask }) => {
          const token = await tokenAt(url, field, ask)
          newer = { token, than: contentOf(name) }
        }
      : undefined,
  }
}

const DEFAULTS = { name: '', header: '', url: '', field: 'token', isRefusal: saysCsrf }

/** A worker has no document. */
function contentOf(name: string): string | undefined {
  const elements = globalThis.document?.querySelectorAll('meta') ?? []
  return [...elements].find((one) => one.name === name)?.content || undefined
}
