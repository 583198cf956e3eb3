import type { Carried } from './carried.js'

/** @throws DOMException `InvalidStateError`, where the native one does */
export function mustBe(condition: boolean, be: string): void {
  if (!condition) throw new DOMException(`The request must ${be}.`, 'InvalidStateError')
}

export function textOf(carried: Carried, type: XMLHttpRequestResponseType): string {
  mustBe(type === '' || type === 'text', "have the responseType '' or 'text'")
  return carried.received()?.text() ?? ''
}

export function xmlOf(carried: Carried, type: XMLHttpRequestResponseType): Document | null {
  mustBe(type === '' || type === 'document', "have the responseType '' or 'document'")
  if (carried.readyState() !== 4) return null
  return carried.received()?.document() ?? null
}

export function answerOf(carried: Carried, type: XMLHttpRequestResponseType): unknown {
  return type === '' || type === 'text' ? textOf(carried, type) : (carried.value() ?? null)
}

export function headerOf(carried: Carried, name: string): string | null {
  const key = `${name}`.toLowerCase()
  const found = Array.from(carried.response()?.headers ?? []).find(([one]) => one === key)
  return found?.[1] ?? null
}

/** In the order of their names in capitals, as the standard wants it. */
export function allHeaders(carried: Carried): string {
  const lines = Array.from(carried.response()?.headers ?? [], ([name, value]) => [
    name.toUpperCase(),
    `${name}: ${value}\r\n`,
  ])
  return lines
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map(([, line]) => line)
    .join('')
}
