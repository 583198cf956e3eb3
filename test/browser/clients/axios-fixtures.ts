import axios, { AxiosError, type CreateAxiosDefaults } from 'axios'
import {
  attachToAxios,
  createLatchkey,
  type Latchkey,
  type LatchkeyOptions,
  memoryStrategy,
} from '../../../src/index.js'
import { newBench } from '../../harness/bench.js'

export const GOOD = 'good-token'
export const OLD = 'old-token'

/** An instance of axios' with the credential of one that holds a token, which can be renewed. */
export async function attached(more: Partial<LatchkeyOptions> = {}, config: CreateAxiosDefaults = {}) {
  const { api, foreign } = newBench()
  let refreshes = 0
  const latchkey: Latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [api.origin],
    refresh: async () => {
      refreshes += 1
      return { access_token: GOOD }
    },
    ...more,
  })
  await latchkey.set({ access_token: OLD })
  const client = axios.create({ baseURL: api.at(''), ...config })
  const detach = attachToAxios(client, latchkey)
  const sent = async (origin = api) => (await origin.log()).filter(({ method }) => method !== 'OPTIONS')
  const tokens = async (origin = api) => (await sent(origin)).map(({ headers }) => headers.authorization)
  return { api, foreign, latchkey, client, detach, sent, tokens, refreshes: () => refreshes }
}

/** What a request that has to fail rejects with. */
export async function faultOf(asked: Promise<unknown>): Promise<AxiosError<unknown>> {
  const error: unknown = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof AxiosError) return error
  throw new Error(`no error of axios’: ${error}`)
}

/** How often XMLHttpRequest is opened, until `restore()`. */
export function countingXhr() {
  const { open } = XMLHttpRequest.prototype
  const restore = () => {
    XMLHttpRequest.prototype.open = open
  }
  const count = { opened: 0, restore }
  XMLHttpRequest.prototype.open = function counting(this: XMLHttpRequest, ...given: unknown[]) {
    count.opened += 1
    return Reflect.apply(open, this, given)
  }
  return count
}
