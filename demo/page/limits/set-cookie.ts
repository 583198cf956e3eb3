/** Writes a cookie as any script could, without a library that would look first. */
export function setCookie(name: string, value: string, attributes = ''): void {
  // biome-ignore lint/suspicious/noDocumentCookie: not all engines have the Cookie Store API.
  document.cookie = `${name}=${value}; Path=/; SameSite=Strict${attributes}`
}

export function dropCookie(name: string): void {
  setCookie(name, '', '; Max-Age=0')
}
