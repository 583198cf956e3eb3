import { vi } from 'vitest'

/** What the storages of a page do, each to be replaced by a test. */
export interface FakeStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export function fakeStorage(broken: Partial<FakeStorage> = {}): FakeStorage {
  const values = new Map<string, string>()
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    ...broken,
  }
}

function isOver(attributes: readonly string[]): boolean {
  const expires = attributes.find((one) => one.startsWith('expires='))?.slice('expires='.length)
  return expires !== undefined && Date.parse(expires) < Date.now()
}

/** As much of a cookie jar as one host's script sees. */
export function fakeDocument(keeps = true): { cookie: string } {
  const jar = new Map<string, string>()
  return {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    },
    set cookie(line: string) {
      const [pair = '', ...attributes] = line.split('; ')
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
      if (isOver(attributes)) jar.delete(name)
      else if (keeps) jar.set(name, value)
    },
  }
}

export interface Page {
  readonly localStorage?: FakeStorage
  readonly document?: { cookie: string }
}

/** Makes this process look like a page of https://app.example.com. */
export function stubPage({ localStorage = fakeStorage(), document = fakeDocument() }: Page = {}): void {
  vi.stubGlobal('location', new URL('https://app.example.com/'))
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('document', document)
  vi.stubGlobal('localStorage', localStorage)
  vi.stubGlobal('sessionStorage', fakeStorage())
}
