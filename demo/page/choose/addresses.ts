import { element, part } from '../dom.js'
import { filled, words } from '../word.js'
import { ENVIRONMENTS, type Environment, hostIn, originsIn, type Places } from './places.js'

const { places } = words.choose

/** Shown at first: made-up addresses, as in the documents. */
const EXAMPLES: Places = {
  development: { host: 'localhost:5173', apis: ['http://localhost:3000'] },
  staging: { host: 'staging.example.com', apis: ['https://api.staging.example.com'] },
  production: { host: 'app.example.com', apis: ['https://api.example.com'] },
}

/** Puts two text fields for each environment: the page's host, and the origins of its API. */
export function fillAddresses(root: HTMLElement): void {
  root.replaceChildren(
    ...ENVIRONMENTS.flatMap((name) => [
      fieldOf(`host-${name}`, filled(places.host, { name }), EXAMPLES[name].host),
      fieldOf(`apis-${name}`, filled(places.apis, { name }), EXAMPLES[name].apis.join(' ')),
    ]),
  )
}

function fieldOf(id: string, text: string, value: string): HTMLElement {
  const input = element('input', '')
  Object.assign(input, { type: 'text', name: 'text', id: `choose-${id}`, value, spellcheck: false })
  input.setAttribute('aria-describedby', `choose-${id}-fault`)
  const fault = element('span', 'fault')
  fault.id = `choose-${id}-fault`
  const field = element('label', 'field', element('span', '', text), input)
  return element('div', 'address', field, fault)
}

/** The addresses that were typed, or nothing where one is wrong: then the field says so. */
export function placesIn(form: HTMLFormElement, areApisElsewhere: boolean): Places | undefined {
  const hosts = ENVIRONMENTS.map((name) => hostIn(fieldIn(form, `host-${name}`).value))
  const found = ENVIRONMENTS.map((name, at) => {
    const host = hosts[at]
    const apis = originsIn(fieldIn(form, `apis-${name}`).value)
    part(form, `.address:has(#choose-apis-${name})`, HTMLElement).hidden = !areApisElsewhere
    say(form, `host-${name}`, host === undefined ? places.wrongHost : isTaken(hosts, at) ? places.taken : '')
    say(form, `apis-${name}`, areApisElsewhere && !apis ? places.wrongOrigin : '')
    const isSound = host !== undefined && !isTaken(hosts, at) && (apis || !areApisElsewhere)
    return isSound ? ([name, { host, apis: apis ?? [] }] as const) : undefined
  }).filter((one) => one !== undefined)
  return found.length === ENVIRONMENTS.length ? (Object.fromEntries(found) as Places) : undefined
}

function isTaken(hosts: readonly (string | undefined)[], at: number): boolean {
  return hosts.indexOf(hosts[at]) < at
}

function fieldIn(form: HTMLFormElement, id: `${'host' | 'apis'}-${Environment}`): HTMLInputElement {
  return part(form, `#choose-${id}`, HTMLInputElement)
}

function say(form: HTMLFormElement, id: `${'host' | 'apis'}-${Environment}`, fault: string): void {
  fieldIn(form, id).ariaInvalid = fault ? 'true' : null
  part(form, `#choose-${id}-fault`, HTMLElement).textContent = fault
}
