type Add = EventTarget['addEventListener']
type Remove = EventTarget['removeEventListener']

const { addEventListener, removeEventListener } = EventTarget.prototype

/** What is in place until the clean-up, and how it was before. */
interface Watch {
  count(): number
  stop(): unknown
}

/** Puts other members in the place of some; returns what puts the old ones back. */
function replaced<T extends object>(target: T, members: Partial<T>): () => void {
  const before = Object.entries(Object.getOwnPropertyDescriptors(target))
  const names = new Set(Object.keys(members))
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(target, name, { value, configurable: true, writable: true })
  return () => {
    for (const [name, descriptor] of before)
      if (names.has(name)) Object.defineProperty(target, name, descriptor)
  }
}

/** Listeners on anything at all: also those that go with a signal, or by being called once. */
function listeners(): Watch {
  const there = new Map<EventTarget, Map<string, unknown>>()
  const numbers = new Map<unknown, number>()
  const keyOf = (type: string, listener: unknown, options: unknown) => {
    if (!numbers.has(listener)) numbers.set(listener, numbers.size)
    const isCapture = options === true || Object(options).capture === true
    return `${type} ${isCapture} ${numbers.get(listener)}`
  }
  function add(this: EventTarget | undefined, ...[type, listener, options]: Parameters<Add>) {
    const target = this ?? window
    const key = keyOf(type, listener, options)
    const { signal, once } = Object(options)
    const drop = () => there.get(target)?.delete(key)
    if (listener && !signal?.aborted) {
      there.set(target, (there.get(target) ?? new Map()).set(key, listener))
      if (signal) addEventListener.call(signal, 'abort', drop)
      if (once) addEventListener.call(target, type, drop, { once })
    }
    addEventListener.call(target, type, listener, options)
  }
  function remove(this: EventTarget | undefined, ...[type, listener, options]: Parameters<Remove>) {
    const target = this ?? window
    there.get(target)?.delete(keyOf(type, listener, options))
    removeEventListener.call(target, type, listener, options)
  }
  // Vitest gives its window members of its own.
  const stops = [EventTarget.prototype, window].map((target) =>
    replaced<object>(target, { addEventListener: add, removeEventListener: remove }),
  )
  const stop = () => stops.map((stop) => stop())
  return { count: () => [...there.values()].reduce((sum, { size }) => sum + size, 0), stop }
}

type Start = (call: () => void, ms?: number) => number

function timers(): Watch {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window
  const running = new Set<unknown>()
  const started =
    (start: Start, isOnce: boolean) =>
    (call: TimerHandler, ms?: number, ...given: unknown[]) => {
      const run = () => {
        if (isOnce) running.delete(id)
        if (typeof call === 'function') call(...given)
      }
      const id = start.call(window, run, ms)
      running.add(id)
      return id
    }
  const stopped = (end: (id?: number) => void) => (id?: number) => {
    running.delete(id)
    end.call(window, id)
  }
  const stop = replaced<object>(window, {
    setTimeout: started(setTimeout, true),
    setInterval: started(setInterval, false),
    clearTimeout: stopped(clearTimeout),
    clearInterval: stopped(clearInterval),
  })
  return { count: () => running.size, stop }
}

function channels(): Watch {
  const open = new Set<BroadcastChannel>()
  const counted = class extends BroadcastChannel {
    constructor(name: string) {
      super(name)
      open.add(this)
    }
    override close() {
      open.delete(this)
      super.close()
    }
  }
  return { count: () => open.size, stop: replaced<object>(window, { BroadcastChannel: counted }) }
}

/** Connections that are open, and those that are still being opened. */
function connections(): Watch {
  const { open } = IDBFactory.prototype
  const { close } = IDBDatabase.prototype
  const there = new Set<object>()
  const stops = [
    replaced(IDBFactory.prototype, {
      open(this: IDBFactory, ...given) {
        const request = open.apply(this, given)
        there.add(request)
        const over = (result?: IDBDatabase) => {
          there.delete(request)
          if (result) there.add(result)
        }
        addEventListener.call(request, 'success', () => over(request.result))
        addEventListener.call(request, 'error', () => over())
        return request
      },
    }),
    replaced(IDBDatabase.prototype, {
      close(this: IDBDatabase) {
        there.delete(this)
        close.call(this)
      },
    }),
  ]
  return { count: () => there.size, stop: () => stops.map((stop) => stop()) }
}

/** Time limits that somebody still waits for: a signal can't be told to give its timer back. */
function limits(): Watch {
  const { timeout } = AbortSignal
  const running = new Set<AbortSignal>()
  const stop = replaced<object>(AbortSignal, {
    timeout(ms: number) {
      const signal = timeout.call(AbortSignal, ms)
      running.add(signal)
      return signal
    },
  })
  const isHeard = ({ aborted, onabort }: AbortSignal) => !aborted && onabort !== null
  return { count: () => [...running].filter(isHeard).length, stop }
}

/** Counts all that an instance could leave in a page, from now on. */
export function counted() {
  const watches = {
    listeners: listeners(),
    timers: timers(),
    channels: channels(),
    connections: connections(),
    limits: limits(),
  }
  const entries = Object.entries(watches)
  return {
    left: () => Object.fromEntries(entries.map(([name, { count }]) => [name, count()])),
    stop: () => entries.reverse().map(([, { stop }]) => stop()),
  }
}

export const nothing = { listeners: 0, timers: 0, channels: 0, connections: 0, limits: 0 }
