import { element, part } from '../dom.js'
import config from './latchkey.json' with { type: 'json' }

/** For people to read: the library makes its own choice, by the same list. */
const WORDS = {
  jwt: { title: 'A JWT in sessionStorage', travels: 'Authorization: Bearer' },
  token: { title: 'An opaque token in IndexedDB', travels: 'Authorization: Bearer' },
  session: { title: 'A session cookie', travels: 'Cookie and X-XSRF-TOKEN' },
}

const environments = Object.entries(config.environments)

/** The name of the environment that this host belongs to. */
export function environmentHere(): string {
  return environments.find(([, { hosts }]) => hosts.includes(location.hostname))?.[0] ?? 'none'
}

/** A link to each environment. */
export function showEnvironments(): void {
  const items = environments.map(([name, { hosts, strategy }]) => {
    const host = `${hosts[0]}:${location.port}`
    const { title, travels } = WORDS[strategy.type as keyof typeof WORDS]
    const link = element(
      'a',
      'card',
      element('strong', '', name),
      element('span', 'host', host),
      element('span', '', title),
      element('code', '', travels),
    )
    link.href = `http://${host}/environments/`
    if (name === environmentHere()) {
      link.setAttribute('aria-current', 'page')
      link.append(element('span', 'badge', 'you are here'))
    }
    return element('li', '', link)
  })
  part(document, '#environments', HTMLElement).replaceChildren(...items)
}
