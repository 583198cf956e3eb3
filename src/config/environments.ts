import { must, own } from '../options.js'
import type { Fault } from './faults.js'

/** Settings as they are written. */
export type Data = Readonly<Record<string, unknown>>

/** An environment, and its settings if they are any. */
export interface Environment {
  readonly name: string
  readonly given: object | undefined
  readonly data: Data
}

/** Those that data has. */
export function environmentsIn({ environments }: Data): Environment[] {
  return Object.entries(asData(environments)).map(([name, given]) => ({
    name,
    given: isObject(given) ? given : undefined,
    data: asData(given),
  }))
}

/** Not a list: valibot takes one for an object. */
export function isObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}

function asData(given: unknown): Data {
  return own(isObject(given) ? given : {}) as Data
}

/** Only what a page's `location.host` can be ever matches, so anything else is a mistake. */
export function mustBeHost(host: string): void {
  const url = `https://${host}`
  const isAsWritten = URL.canParse(url) && new URL(url).host === host && !host.includes('*')
  must('hosts', isAsWritten, 'be a host as browsers write it, such as app.example.com or localhost:5173')
}

/** The environment of that name or, where none is given, of the page's host: one with its port before one without. */
export function chosen(environments: readonly Environment[], name: string): Environment | undefined {
  if (name) return environments.find((one) => one.name === name)
  const { location } = globalThis
  const at = (wanted: string | undefined) =>
    environments.find(({ data }) => wanted && hostsOf(data).includes(wanted))
  return at(location?.host) ?? at(location?.hostname)
}

/** @throws TypeError that lists what there is */
export function noneChosen(environments: readonly Environment[], name: string): never {
  const listed = environments.map((one) => {
    const hosts = hostsOf(one.data)
    return JSON.stringify(one.name) + (name || !hosts.length ? '' : ` (${hosts.join(', ')})`)
  })
  const missing = name ? 'be one that there is' : 'be given, since no environment has this page’s host'
  throw new TypeError(`"environment" must ${missing}: ${listed.join(', ')}`)
}

/** Of two environments with one host, nobody could say which is meant. */
export function claimedTwice(environments: readonly Environment[]): Fault[] {
  const owners = new Map<string, string>()
  return environments.flatMap(({ name, data }) =>
    hostsOf(data).flatMap((host, index) => {
      const owner = owners.get(host)
      owners.set(host, owner ?? name)
      const path = ['environments', name, 'hosts', `${index}`]
      return owner === undefined || owner === name
        ? []
        : [{ path, must: `be of one environment: ${JSON.stringify(owner)} has it` }]
    }),
  )
}

function hostsOf({ hosts }: Data): string[] {
  return Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : []
}
