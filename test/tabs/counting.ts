export interface Counts {
  readonly listeners: number
  readonly channels: number
  readonly timers: number
}

/** An expression for a page: from now on `left` says what there is, and `ever` how much there ever was. */
export const counting = `(() => {
  globalThis.left = { listeners: 0, channels: 0, timers: 0 }
  globalThis.ever = { ...left }
  const add = (kind) => (left[kind]++, ever[kind]++)
  const drop = (kind) => left[kind]--

  const { addEventListener, removeEventListener } = EventTarget.prototype
  const isPage = (target) => target === window || target === document
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    addEventListener.call(this, type, listener, options)
    if (!isPage(this)) return
    add('listeners')
    if (options?.signal) addEventListener.call(options.signal, 'abort', () => drop('listeners'))
  }
  EventTarget.prototype.removeEventListener = function (...given) {
    removeEventListener.apply(this, given)
    if (isPage(this)) drop('listeners')
  }

  const Channel = BroadcastChannel
  globalThis.BroadcastChannel = class extends Channel {
    constructor(name) {
      super(name)
      add('channels')
    }
    close() {
      super.close()
      drop('channels')
    }
  }

  const running = new Set()
  const end = (id) => running.delete(id) && drop('timers')
  for (const kind of ['Timeout', 'Interval']) {
    const [start, clear] = [window['set' + kind], window['clear' + kind]]
    window['set' + kind] = (task, ...rest) => {
      const id = start(() => (kind === 'Timeout' && end(id), task()), ...rest)
      running.add(id)
      add('timers')
      return id
    }
    window['clear' + kind] = (id) => (end(id), clear(id))
  }
})()`
