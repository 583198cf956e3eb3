import { expect, inject, test } from 'vitest'
import type { Scripted } from '../../bench-server/streams.js'
import { newBench } from '../../harness/bench.js'
import { sending } from '../fixtures.js'
import { connections, hear, isClosed, pieces, streamAt } from './scripted.js'

const QUICK = 'retry: 10\n\n'

const scripts: Record<string, readonly Scripted[]> = {
  'plain, named and many-lined events, comments and unknown fields': [
    {
      pieces: pieces(
        `${QUICK}data: a\n\nevent: named\ndata: b\ndata:c\ndata\n\n: comment\nodd: x\ndata:  two\n\n`,
        'event: named\n\nevent:\ndata: plain\n\ndata\n\ndata:\n\nData: no\n\n data: no\n\n',
      ),
    },
  ],
  'CR, LF, CRLF, and these in two pieces': [
    {
      pieces: pieces(
        QUICK,
        'data: a\r\r',
        'data: b\r',
        '\n\r',
        '\n',
        'data: c\r\ndata: d\n\rdata: e\n\n',
        'data: f\r',
        '\ndata: g\n\n',
      ),
    },
  ],
  'characters in two halves, and a byte order mark': [
    {
      pieces: pieces(
        `\uFEFFdata: z\n${QUICK}data: `,
        [0xe2, 0x82],
        [0xac],
        [0xf0, 0x9f],
        [0x98, 0x80, 10, 10],
        'data: \uFEFFmark\n\n',
        'data: ',
        [0xff, 0xfe],
        '\n\n',
      ),
    },
  ],
  'ids: kept, emptied, lost with an event that never ends': [
    { pieces: pieces(`${QUICK}id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: 2\ndata: d\n\n`) },
    { pieces: pieces('data: none of its own\n\nid: 4\ndata: f\n\nid: lost\ndata: never ended') },
    { pieces: pieces('data: g\n\nid:\ndata: h\n\n'), after: 'drop' },
  ],
  'retry with other than digits': [
    { pieces: pieces(`${QUICK}retry: 1e9\nretry: -5\nretry: 5 s\ndata: a\n\n`) },
    { pieces: pieces('data: b\n\n'), after: 'drop' },
  ],
  'a type with parameters, in capitals': [
    { type: 'Text/Event-Stream; charset=UTF-8', pieces: pieces(`${QUICK}data: ä\n\n`) },
  ],
  'another type': [{ type: 'text/plain', pieces: pieces('data: a\n\n') }],
  'no content': [{ status: 204 }],
  'another status of success': [{ status: 206, pieces: pieces('data: a\n\n') }],
  'not found': [{ status: 404 }],
  refused: [{ status: 401 }],
  'events called error and open': [
    {
      pieces: pieces(
        `${QUICK}event: error\ndata: a\n\nevent: open\ndata: b\n\nevent: __proto__\ndata: c\n\n`,
      ),
    },
  ],
}

/** Both, until they are closed: what they told, and the id that each connection came with. */
async function compared(script: readonly Scripted[]) {
  const [ours, native] = [newBench().api, newBench().api]
  const latchkey = await sending(ours.origin)
  const named = ['named', '__proto__']
  const both = [
    hear(latchkey.eventSource(streamAt(ours, ...script)), ...named),
    hear(new EventSource(streamAt(native, ...script)), ...named),
  ]
  const [told, expected] = await Promise.all(both.map(({ until }) => until(isClosed)))
  const at = [ours, native].map((one) => connections(one, 'last-event-id'))
  const [ids, expectedIds] = await Promise.all(at)
  return { ours: { told, ids }, native: { told: expected, ids: expectedIds } }
}

test.for(Object.entries(scripts))(
  'what the standard decides is as in the browser’s own: %s',
  { timeout: 30_000 },
  async ([, script]) => {
    const { ours, native } = await compared(script)
    expect(ours).toEqual(native)
  },
)

/** Where Firefox and WebKit do not do what the standard says: an id without data, one with a NULL in it, a mark in two halves. */
const disputed: Record<string, [Scripted, string[], string]> = {
  'an id of an event without data': [{ pieces: pieces(`${QUICK}id: 5\n\n`) }, [], '5'],
  'an id with a NULL in it': [
    { pieces: pieces(`${QUICK}id: 3\ndata: a\n\nid: 4\0\ndata: b\n\n`) },
    ['message 1: a (3)', 'message 1: b (3)'],
    '3',
  ],
  'a byte order mark in two halves': [
    { pieces: pieces([0xef, 0xbb], [0xbf], `data: a\nid: 1\n${QUICK}`) },
    ['message 1: a (1)'],
    '1',
  ],
}

test.for(Object.entries(disputed))(
  'what the standard decides is as it says, and as in Chromium: %s',
  async ([, [script, messages, id]]) => {
    const { ours, native } = await compared([script])
    expect(ours).toEqual({ told: ['open 1', ...messages, 'error 0', 'error 2'], ids: [undefined, id] })
    if (inject('engine') === 'chromium') expect(native).toEqual(ours)
  },
)

test('an id beyond ASCII is sent as the bytes of its UTF-8, as the browser’s own does', async () => {
  const { ours, native } = await compared([{ pieces: pieces(`${QUICK}id: ä€\ndata: a\n\n`) }])
  expect(ours.told).toEqual(native.told)
  const inBytes = (text: string) =>
    Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  expect(native.ids).toEqual([undefined, inBytes('ä€')])
  // WebKitGTK takes the bytes of a header that script gives for characters, and encodes them once more.
  const isTwice = inject('engine') === 'webkit'
  expect(ours.ids).toEqual([undefined, isTwice ? inBytes(inBytes('ä€')) : inBytes('ä€')])
})
