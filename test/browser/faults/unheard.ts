import { sleep } from '../../shared/fixtures/faults.js'

/** What nobody has handled, as the page is told: neither may happen. */
const unheard: unknown[] = []
const hear = (event: Event) => void unheard.push(Object(event).reason ?? Object(event).message)
addEventListener('unhandledrejection', hear)
addEventListener('error', hear)

/** What came since it was last asked, up to some milliseconds from now. */
export async function heard(withinMs = 20): Promise<unknown[]> {
  await sleep(withinMs)
  return unheard.splice(0)
}
