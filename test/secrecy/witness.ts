import { type MockInstance, vi } from 'vitest'
import type { Latchkey } from '../../src/index.js'

/** All that came out of the library while something was done with it. */
export interface Evidence {
  /** What was thrown, `undefined` if nothing was. */
  error: unknown
  /** States and events, as listeners got them. */
  readonly told: unknown[]
  /** What was written to the console, and the warnings of the process. */
  readonly written: unknown[]
  state: unknown
  readonly instance: unknown
}

type Told = Pick<Latchkey, 'subscribe' | 'state'>

function listen(written: unknown[]): MockInstance[] {
  const methods = Object.keys(console).filter(
    (name) => typeof console[name as keyof Console] === 'function',
  ) as (keyof Console)[]
  const record = (...all: unknown[]) => void written.push(all)
  const spies = methods.map((name) => vi.spyOn(console, name as 'log').mockImplementation(record))
  return [...spies, vi.spyOn(process, 'emitWarning').mockImplementation(record)]
}

/** Listeners are called in microtasks, and what is stored is stored in more of them. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5))
}

/** Does something with an instance, if there is one yet, and keeps what can be seen of it. */
export async function witness(instance: Told | undefined, act: () => unknown): Promise<Evidence> {
  const evidence: Evidence = { error: undefined, told: [], written: [], state: undefined, instance }
  const spies = listen(evidence.written)
  const stop = instance?.subscribe((...told) => void evidence.told.push(told))
  try {
    await act()
  } catch (error) {
    evidence.error = error
  }
  await settled()
  evidence.state = instance?.state
  stop?.()
  for (const spy of spies) spy.mockRestore()
  return evidence
}
