/** Ends a fault. */
export type Over = () => unknown

/** Puts something in the place of what the browser offers. */
export function swap(owner: object, name: string, change: PropertyDescriptor): Over {
  const before = Object.getOwnPropertyDescriptor(owner, name)
  Object.defineProperty(owner, name, { configurable: true, ...change })
  return () => (before ? Object.defineProperty(owner, name, before) : Reflect.deleteProperty(owner, name))
}

/** What a browser throws where it does not want to. */
export const thrower =
  (name: string): (() => never) =>
  () => {
    throw new DOMException('a fault', name)
  }

/** Another page of this origin, for as long as it is needed. */
export async function otherPage(act: (other: Window) => unknown): Promise<Over> {
  const frame = document.body.appendChild(document.createElement('iframe'))
  try {
    if (!frame.contentWindow) throw new Error('no page')
    await act(frame.contentWindow)
  } finally {
    frame.remove()
  }
  return () => {}
}
