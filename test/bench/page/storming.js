/** A peer's tab in a storm: what is signed in is stored as after a login, and found by whoever starts anew. */
export function storming({ open, store, storm }) {
  const { origin } = location
  const peer = { open, store, ...storm }
  const login = async () => (await fetch('/signin', { method: 'POST' })).json()
  let call
  const ask = async (path) => {
    const answer = await call(`${origin}${path}`)
    // Those that are not `fetch` have read it already.
    return { status: answer.status, text: async () => answer.text?.() }
  }
  globalThis.signIn = async () => peer.store(await login(), origin)
  globalThis.peer = {
    async ready() {
      call = await peer.open(origin, login)
    },
    fetch: ask,
  }
}
