import ky, { type KyInstance, type Options } from 'ky'
import type { Latchkey } from '../latchkey.js'
import { must, own } from '../options.js'

/**
 * A ky instance whose `fetch` is `latchkey.fetch`. The credential is attached below ky, on a copy: no hook,
 * retry or `HTTPError` of ky's ever sees it.
 *
 * @param options as ky documents them, without `fetch`
 * @throws TypeError that begins with the quoted name of what is wrong
 */
export function createClient<T>(latchkey: Pick<Latchkey<T>, 'fetch'>, options: Options = {}): KyInstance {
  must('latchkey', typeof latchkey?.fetch === 'function', 'be what createLatchkey returns')
  const given = own(options)
  must('fetch', given.fetch === undefined, 'not be set: pass it to createLatchkey')
  return ky.create({ ...given, fetch: (input, init) => latchkey.fetch(input, init) })
}
