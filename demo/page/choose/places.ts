/** Where an environment's page is, and the origins of its API where that is elsewhere. */
export interface Place {
  readonly host: string
  readonly apis: readonly string[]
}

export type Environment = 'development' | 'staging' | 'production'

export type Places = Readonly<Record<Environment, Place>>

export const ENVIRONMENTS: readonly Environment[] = ['development', 'staging', 'production']

/** The host as browsers write it, of a host or of an address that somebody typed. */
export function hostIn(text: string): string | undefined {
  const url = urlOf(/^https?:\/\//i.test(text.trim()) ? text : `https://${text.trim()}`)
  return url && HOST.test(url.host) ? url.host : undefined
}

/** `new URL` takes more, such as `*.example.com`, which is no page's host. */
const HOST = /^(\w([\w-]*\w)?(\.\w([\w-]*\w)?)*\.?|\[[\da-f:]+\])(?!:443$)(:\d+)?$/

/** The origins in a text, with a path if one was typed; none where one of them is no place for a credential. */
export function originsIn(text: string): readonly string[] | undefined {
  const origins = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(originIn)
  const sound = origins.filter((origin) => origin !== undefined)
  return sound.length > 0 && sound.length === origins.length ? sound : undefined
}

function originIn(text: string): string | undefined {
  const url = urlOf(text)
  if (!url || hostIn(url.host) === undefined || /[?#@*]/.test(url.href)) return undefined
  const isSecure = url.protocol === 'https:' || (url.protocol === 'http:' && isThisDevice(url.hostname))
  if (!isSecure) return undefined
  return url.pathname === '/' ? url.origin : url.href
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
}

/** Plain http is for this device alone. */
function isThisDevice(hostname: string): boolean {
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

/** The origin of a page on that host. */
export function originOf(host: string): string {
  const { hostname } = new URL(`https://${host}`)
  return `${isThisDevice(hostname) ? 'http' : 'https'}://${host}`
}

/** The parent domain of the page and all its APIs, where a cookie has to name it to get there. */
export function sharedDomain({ host, apis }: Place): string | undefined {
  const names = [originOf(host), ...apis].map((origin) => new URL(origin).hostname)
  const [own = '', ...others] = names
  if (others.every((other) => other === own) || /^[\d.]+$/.test(own)) return undefined
  const parents = own.split('.').map((_, at, labels) => labels.slice(at).join('.'))
  const isAbove = (parent: string) => names.every((name) => `.${name}`.endsWith(`.${parent}`))
  return parents.find((parent) => parent.includes('.') && isAbove(parent))
}
