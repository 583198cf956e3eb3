/** What all strategies have in common, as a contender: `create` makes an instance, `login` what its `set` takes. */
export const kept = (create, login = (tokens) => tokens) => ({
  create,
  login,
  async store(tokens) {
    const latchkey = create()
    await latchkey.set(login(tokens))
    latchkey.dispose()
  },
  async open() {
    const latchkey = create()
    await latchkey.ready()
    return latchkey.fetch
  },
})
