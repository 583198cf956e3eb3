import { expect, onTestFinished, test } from 'vitest'
import { newBench } from '../../harness/bench.js'
import { ownName } from '../fixtures.js'
import { life } from './life.js'

const source = new URL('./worker.ts', import.meta.url).href
const expected = ['signed-in', 'indexedDB', 'Bearer renewed', 'signed-out']

/** Tells a worker what to do, and what it answers. */
function asked(worker: Pick<Worker, 'postMessage'>): Promise<unknown> {
  const { api } = newBench()
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data)
  })
  worker.postMessage({ origin: api.origin, url: api.at('echo'), name: ownName() }, [port2])
  return answer
}

test('in a page: what workers are compared with', async () => {
  const { api } = newBench()
  expect(await life(api.origin, api.at('echo'), ownName())).toEqual(expected)
})

test('a module worker has all of it', async () => {
  const worker = new Worker(source, { type: 'module' })
  onTestFinished(() => worker.terminate())
  expect(await asked(worker)).toEqual(expected)
})

test('so does a service worker, as that of an extension is one', async () => {
  const registration = await navigator.serviceWorker.register(source, { type: 'module' })
  onTestFinished(() => void registration.unregister())
  const worker = registration.active ?? registration.waiting ?? registration.installing
  expect(await asked(worker as ServiceWorker)).toEqual(expected)
})
