import { afterEach } from 'vitest'

const open = new Set<BroadcastChannel>()

globalThis.BroadcastChannel = class extends BroadcastChannel {
  constructor(name: string) {
    super(name)
    open.add(this)
  }
}

// As if each test had a page of its own: no instance hears of what those of later tests do.
afterEach(() => {
  for (const channel of open) channel.close()
  open.clear()
})
