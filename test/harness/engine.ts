export type Engine = 'chromium' | 'firefox' | 'webkit'

export const engines: readonly Engine[] = ['chromium', 'firefox', 'webkit']

export interface Page {
  goto(url: string): Promise<void>
  /** `source` is one expression; a promise is awaited and the value travels as JSON. */
  evaluate<T = unknown>(source: string): Promise<T>
  click(selector: string): Promise<void>
  type(selector: string, text: string): Promise<void>
  waitFor(expression: string, timeoutMs?: number): Promise<void>
  reload(): Promise<void>
  screenshot(path: string): Promise<void>
  /** A command of the DevTools protocol, which Chromium alone has. */
  devtools(method: string, params?: object): Promise<unknown>
  close(): Promise<void>
}

export interface Browser {
  readonly engine: Engine
  /** Pages of one browser share cookies and storage, as tabs do. */
  open(url: string): Promise<Page>
  close(): Promise<void>
}
