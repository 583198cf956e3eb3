import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import useSWR, { SWRConfig } from 'swr'
import useSWRMutation from 'swr/mutation'
import type { MakeClient, User } from '../client.js'

/** Does something with what a component gets by its hook, while that component is on the page. */
async function rendered<T, R>(useValue: () => T | undefined, act: (value: T) => R | Promise<R>): Promise<R> {
  const root = createRoot(document.createElement('div'))
  const there = new Promise<T>((resolve) => {
    const Component = () => {
      const value = useValue()
      if (value !== undefined) resolve(value)
      return null
    }
    const value = { provider: () => new Map(), shouldRetryOnError: false }
    root.render(createElement(SWRConfig, { value }, createElement(Component)))
  })
  return there.then(act).finally(() => root.unmount())
}

export const makeSwr: MakeClient = ({ fetch }, base) => {
  const key = `${base}/rest`
  const ask = async (url: string): Promise<User> => (await fetch(url)).json()
  const rename = async (url: string, { arg }: { arg: User }): Promise<User> =>
    (await fetch(url, { method: 'POST', body: JSON.stringify(arg) })).json()
  return {
    read: () =>
      rendered(
        () => useSWR(key, ask).data,
        ({ name }) => name,
      ),
    write: (name) =>
      rendered(
        () => useSWRMutation(key, rename).trigger,
        async (trigger) => (await trigger({ name })).name,
      ),
  }
}
