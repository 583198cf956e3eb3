/** Every run of characters that is long enough to be a token, shortened in the middle, as the server does. */
export function shorten(text: string): string {
  return text.replace(/[\w%.~+-]{40,}/g, (token) => `${token.slice(0, 10)}…${token.slice(-6)}`)
}
