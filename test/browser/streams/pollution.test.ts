import { expect, onTestFinished, test } from 'vitest'
import { newBench } from '../../harness/bench.js'
import { sending } from '../fixtures.js'
import { hear, isClosed, pieces, streamAt } from './scripted.js'

const OPTIONS = [
  ...['withCredentials', 'signal', 'url', 'ticket', 'as', 'parameter', 'protocols', 'waitMs', 'wasOpen'],
  ...['once', 'data', 'origin', 'lastEventId', 'onError', 'onRetry', 'onComment', 'maxBufferSize', 'error'],
  ...['headers', 'cache', 'credentials', 'retryMs', 'retryAt', 'event', 'id'],
]

test.for(OPTIONS)('what is written on Object.prototype as %s changes nothing', async (name) => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const script = [{ pieces: pieces('retry: 10\nid: 1\ndata: a\n\n') }, { status: 404 }]
  Object.defineProperty(Object.prototype, name, { value: 'query', configurable: true, writable: true })
  onTestFinished(() => void delete Object(Object.prototype)[name])
  const { told, errors, until } = hear(latchkey.eventSource(streamAt(api, ...script)))
  const socket = await latchkey.webSocket(api.at('socket/message'), { ticket: async () => 'x' })
  await until(isClosed)
  expect(told).toEqual(['open 1', 'message 1: a (1)', 'error 0', 'error 2'])
  expect([socket.url.includes('?'), socket.protocol]).toEqual([false, ''])
  expect(Object(errors[1]).code).toBe('ERR_CONNECTION_FAILED')
  socket.close()
})
