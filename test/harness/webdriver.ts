import { setTimeout as sleep } from 'node:timers/promises'

interface Answer {
  readonly value: unknown
}

function isAnswer(body: unknown): body is Answer {
  return typeof body === 'object' && body !== null && 'value' in body
}

/** One W3C WebDriver command. */
export async function command(url: string, method = 'GET', body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })
  const answer: unknown = await response.json()
  if (!isAnswer(answer)) throw new Error(`${method} ${url}: no WebDriver answer`)
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${JSON.stringify(answer.value)}`)
  return answer.value
}

export async function ready(base: string, timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs
  for (;;) {
    try {
      return void (await command(`${base}/status`))
    } catch (cause) {
      if (Date.now() > end) throw new Error(`no WebDriver at ${base} after ${timeoutMs} ms`, { cause })
      await sleep(50)
    }
  }
}

/** The string inside an answer such as `{ handle: '…' }`, whose other keys do not matter. */
export function text(value: unknown, key?: string): string {
  const found = key === undefined ? value : Object(value)[key]
  if (typeof found !== 'string') throw new Error(`no ${key ?? 'text'} in ${JSON.stringify(value)}`)
  return found
}

/** An element's reference has one key, whose name the standard chose to be unguessable. */
export function reference(value: unknown): string {
  return text(Object.values(Object(value))[0])
}
