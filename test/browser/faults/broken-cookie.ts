import { sleep } from '../../shared/fixtures/faults.js'
import { type Over, otherPage, swap, thrower } from './swap.js'

const jar = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')

/** The cookies, whatever a fault makes of `document.cookie`. */
export const cookies = (): string => jar?.get?.call(document)

/** As where the user has blocked cookies: nothing is kept, nothing is said. */
export const missing = (): Over => swap(document, 'cookie', { get: () => '', set: () => {} })

/** As in a sandboxed frame. */
export const untouchable = (): Over =>
  swap(document, 'cookie', { get: thrower('SecurityError'), set: thrower('SecurityError') })

export const readOnly = (): Over => swap(document, 'cookie', { get: cookies, set: thrower('SecurityError') })

export const deletedElsewhere = (name: string) => (): Promise<Over> =>
  otherPage(async (other) => {
    other.document.cookie = `${name}=; path=/; max-age=0`
    // Chromium orders what one page writes, not what two do.
    while (cookies().includes(`${name}=`)) await sleep(5)
    await sleep(30)
  })
