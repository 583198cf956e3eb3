import { onTestFinished } from 'vitest'
import { install, type Latchkey, uninstall } from '../../../src/index.js'
import { type BenchOrigin, newBench } from '../../harness/bench.js'
import { sending } from '../fixtures.js'

/** Installs it for one test. */
export function installed<T>(latchkey: Latchkey<T>): void {
  install(latchkey)
  onTestFinished(uninstall)
}

const TYPES = ['readystatechange', 'loadstart', 'progress', 'load', 'loadend', 'error', 'abort', 'timeout']

/** What an XMLHttpRequest tells: `load 4: 5/5`, and of the upload `upload load 1: 3/3`. */
export function told(xhr: XMLHttpRequest): string[] {
  const all: string[] = []
  const note = (event: Event, whose: string) => {
    const counted = event instanceof ProgressEvent
    const { loaded, total, lengthComputable } = counted ? event : Object(event)
    const count = counted ? `: ${loaded}/${total}${lengthComputable ? '' : '?'}` : ''
    all.push(`${whose}${event.type} ${xhr.readyState}${count}`)
  }
  for (const type of TYPES) {
    xhr.addEventListener(type, (event) => note(event, ''))
    xhr.upload.addEventListener(type, (event) => note(event, 'upload '))
  }
  return all
}

/** They count a body of no bytes, or don't. */
const NOTHING = /^(progress|upload (loadstart|progress|load|loadend) 1): 0\/0/

/**
 * Without what engines differ in among themselves: how often they tell of progress, in which state, and whether of
 * nothing at all. How much had come of what did not come whole is a matter of chance.
 */
export function steps(all: readonly string[]): string[] {
  const isWhole = all.some((one) => one.startsWith('load '))
  const same = all
    .map((one) => one.replace(/^progress \d/, 'progress'))
    .filter((one) => !NOTHING.test(one) && (isWhole || !one.startsWith('progress')))
  const kind = (one = '') => /^(progress|upload progress|readystatechange 3)/.exec(one)?.[0]
  const isLast = (one: string, index: number) =>
    !kind(one) || !same.slice(index + 1).some((later) => kind(later) === kind(one))
  return same.filter(isLast)
}

/** Resolves at the end of the request that is under way. */
export const ended = (xhr: XMLHttpRequest): Promise<void> =>
  new Promise((resolve) => xhr.addEventListener('loadend', () => resolve(), { once: true }))

/** What a call does: its result, or the name of what it throws. */
export function tried(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return `throws ${Object(error).name}`
  }
}

/** What a page's code does with an XMLHttpRequest, and what it has seen at the end. */
export type Recipe = (xhr: XMLHttpRequest, api: BenchOrigin) => Promise<unknown>

async function seen(recipe: Recipe, api: BenchOrigin) {
  const xhr = new XMLHttpRequest()
  const all = told(xhr)
  const result = await recipe(xhr, api)
  const { readyState, status, statusText, responseURL } = xhr
  const log = (await api.log()).filter(({ method, url }) => method !== 'OPTIONS' && !url.endsWith('/log'))
  const asked = log.map(({ method, url, headers, bodyBase64 }) => {
    const type = headers['content-type']?.replace(/boundary=.*/, 'boundary').replaceAll('; ', ';')
    const body = type === 'multipart/form-data;boundary' ? 'a form' : bodyBase64
    return [method, url, type, headers['x-own'], headers.cookie, body]
  })
  // WebKit still shows it after an abort.
  const at = status && responseURL
  const ours = JSON.stringify({
    steps: steps(all),
    readyState,
    status,
    statusText,
    at,
    result,
    asked,
  })
  // Each has a corner of its own at the server.
  return JSON.parse(ours.replaceAll(api.at(''), '/').replaceAll(new URL(api.at('')).pathname, '/'))
}

/** The same done with the browser's own and with ours, signed in. */
export async function compared(recipe: Recipe) {
  const native = await seen(recipe, newBench().api)
  const { api } = newBench()
  install(await sending(api.origin))
  const ours = await seen(recipe, api).finally(uninstall)
  return { ours, native }
}
