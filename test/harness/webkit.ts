import { writeFile } from 'node:fs/promises'
import type { Browser, Page } from './engine.js'
import { pageOf } from './page.js'
import { command, reference, text } from './webdriver.js'
import { type Session, startSession } from './webkit-session.js'

type Send = (path: string, body?: object) => Promise<unknown>

const script = (expression: string) => `
  const [done] = arguments;
  ${expression}.then((value) => done({ value }), (error) => done({ error: String(error) }))`

async function run(send: Send, expression: string): Promise<unknown> {
  const outcome = Object(await send('/execute/async', { script: script(expression), args: [] }))
  if ('error' in outcome) throw new Error(text(outcome, 'error'))
  return outcome.value
}

async function find(send: Send, selector: string): Promise<string> {
  return `/element/${reference(await send('/element', { using: 'css selector', value: selector }))}`
}

function adapt(send: Send, close: () => Promise<void>): Page {
  return pageOf({
    close,
    run: (expression) => run(send, expression),
    goto: async (url) => void (await send('/url', { url })),
    reload: async () => void (await send('/refresh', {})),
    click: async (selector) => void (await send(`${await find(send, selector)}/click`, {})),
    type: async (selector, text) => void (await send(`${await find(send, selector)}/value`, { text })),
    devtools: () => Promise.reject(new Error('WebKit has no DevTools protocol')),
    screenshot: async (path) => writeFile(path, text(await send('/screenshot')), 'base64'),
  })
}

/** Commands go to the session's current window, so choosing it and using it must not be interleaved. */
function windows({ url }: Session) {
  let last: Promise<unknown> = Promise.resolve()
  let current = ''
  const post = (path: string, body?: object) => command(url + path, body ? 'POST' : 'GET', body)
  const inWindow = async (handle: string, path: string, body?: object) => {
    if (handle !== current) await post('/window', { handle })
    current = handle
    return post(path, body)
  }
  const queue = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task)
    last = result.catch(() => undefined)
    return result
  }
  return (handle: string): Send =>
    (path, body) =>
      queue(() => inWindow(handle, path, body))
}

export async function openWebKit(): Promise<Browser> {
  const session = await startSession()
  const first = text(await command(`${session.url}/window`))
  const window = windows(session)
  const free = [first]
  // Blanked and kept, because the browser ends with its last window.
  const release = (handle: string) => async () => {
    await window(handle)('/url', { url: 'about:blank' })
    free.push(handle)
  }
  const take = async () =>
    free.pop() ?? text(await window(first)('/window/new', { type: 'window' }), 'handle')
  const open = async (url: string) => {
    const handle = await take()
    const page = adapt(window(handle), release(handle))
    await page.goto(url)
    return page
  }
  return { engine: 'webkit', open, close: () => session.end() }
}
