import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from './engine.js'

/** What an engine's driver has to offer; `run` gets an expression for a promise of a string. */
export interface RawPage extends Omit<Page, 'evaluate' | 'waitFor'> {
  run(expression: string): Promise<unknown>
}

const elementTimeoutMs = 5_000
const pollMs = 50
const longestPollMs = 250

// JSON made inside the page, because each protocol has its own idea of undefined, NaN and cycles.
const asJson = (source: string) => `(async () => JSON.stringify(await (${source}\n)))()`

async function evaluate<T>(raw: RawPage, source: string): Promise<T> {
  const json = await raw.run(asJson(source))
  const value = typeof json === 'string' ? JSON.parse(json) : undefined
  return value
}

async function attempt(raw: RawPage, expression: string): Promise<unknown> {
  try {
    return (await evaluate<boolean>(raw, `Boolean(await (${expression}\n))`)) || 'it stayed false'
  } catch (error) {
    // A navigation destroys the page's script context, so an error is a reason to look again.
    return error
  }
}

async function waitFor(raw: RawPage, expression: string, timeoutMs = 10_000): Promise<void> {
  const start = Date.now()
  for (;;) {
    const outcome = await attempt(raw, expression)
    if (outcome === true) return
    const waited = Date.now() - start
    if (waited > timeoutMs) throw new Error(`waited ${timeoutMs} ms for ${expression}`, { cause: outcome })
    // To ask costs the browser more than what it is asked: what takes long is asked for less often.
    await sleep(Math.min(pollMs + waited / 5, longestPollMs))
  }
}

async function element(raw: RawPage, selector: string): Promise<void> {
  await waitFor(raw, `document.querySelector(${JSON.stringify(selector)}) !== null`, elementTimeoutMs)
}

export function pageOf(raw: RawPage): Page {
  return {
    goto: (url) => raw.goto(url),
    reload: () => raw.reload(),
    screenshot: (path) => raw.screenshot(path),
    devtools: (method, params) => raw.devtools(method, params),
    close: () => raw.close(),
    evaluate: (source) => evaluate(raw, source),
    waitFor: (expression, timeoutMs) => waitFor(raw, expression, timeoutMs),
    click: (selector) => element(raw, selector).then(() => raw.click(selector)),
    type: (selector, text) => element(raw, selector).then(() => raw.type(selector, text)),
  }
}
