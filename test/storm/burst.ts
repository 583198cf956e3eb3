/** What one tab saw of one round. Times are milliseconds from the agreed instant. */
export interface Burst {
  /** How late the tab itself was. */
  readonly startMs: number
  /** When the first and the last request were answered, or failed. */
  readonly firstMs: number
  readonly lastMs: number
  /** For each failed request its status, or the code of its error. */
  readonly failures: readonly string[]
}

/** What a page asks with. */
interface Asker {
  fetch(path: string): Promise<Pick<Response, 'status' | 'text'>>
}

/** Runs in the page, as text: it must refer to nothing of this module. */
async function burst(asker: Asker, at: number, requests: number): Promise<Burst> {
  await new Promise((resolve) => setTimeout(resolve, at - Date.now()))
  const startMs = Date.now() - at
  const statusOf = async (n: number) => {
    const answer = await asker.fetch(`/api/${n}`)
    await answer.text()
    return String(answer.status)
  }
  const ask = async (_: unknown, n: number) => {
    const outcome = await statusOf(n).catch((error) => String(error.code ?? error))
    return { outcome, ms: Date.now() - at }
  }
  const all = await Promise.all(Array.from({ length: requests }, ask))
  const times = all.map(({ ms }) => ms)
  const failures = all.map(({ outcome }) => outcome).filter((outcome) => outcome !== '200')
  return { startMs, firstMs: Math.min(...times), lastMs: Math.max(...times), failures }
}

/** An expression for a page: that many requests of its asker at once, at an instant of the clock all tabs share. */
export function burstSource(asker: string, at: number, requests: number): string {
  return `(${burst})(${asker}, ${at}, ${requests})`
}
