/** The wrapper that an app writes around a peer which only hands out tokens. */
export function attach(input, init, token) {
  const headers = new Headers(init?.headers ?? input.headers)
  headers.set('Authorization', `Bearer ${token}`)
  return fetch(input, { ...init, headers })
}
