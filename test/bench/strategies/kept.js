/** What the strategies whose credential is stored have in common. */
export const kept = (create, ofLogin = (tokens) => tokens) => ({
  async store(tokens) {
    const latchkey = create()
    await latchkey.set(ofLogin(tokens))
    latchkey.dispose()
  },
  async open() {
    const latchkey = create()
    await latchkey.ready()
    return latchkey.fetch
  },
})
