import { barOf, by, column, type Test, type View } from './view.js'

const plain = {
  engine: 'chromium',
  fetch: 'stubbed',
  method: 'GET',
  input: 'string',
  concurrent: 1,
  tokenBytes: 1024,
}

/** Whether a row is of the plainest request, but for what is said. */
function asking(way: Partial<typeof plain> = {}): Test {
  const wanted = Object.entries({ ...plain, ...way })
  return (row) => wanted.every(([name, value]) => row[name] === value)
}

const overBare = (head: string, way?: Partial<typeof plain>) =>
  column(head, asking(way), 'overBareMicroseconds')

export const perRequest: View = {
  title: 'What a request costs more than by hand',
  text: () => `Microseconds over \`fetch\` with its header written by hand, which runs in turn with it in the same page, and how many times
as long that makes it. Where nothing else is said it is a GET, one after the other, with a token of 1 KB, in Chromium; and \`fetch\` answers at
once, so that no network hides the difference. The answer is not read there, but by \`axios\` with its fetch adapter and by
\`better-auth\`, which always read it. Loopback is a server on the same machine: there it is mostly less than what two requests
differ by. Who reads \`document.cookie\` asks another process. All is warmed up until the browser has compiled it: the first thousand requests
of a page take about twice as long.`,
  unit: 'microseconds over bare fetch: GET, token of 1 KB, stubbed fetch, Chromium. Each line is ten times the one before.',
  scale: 'logarithmic',
  bars: (rows) =>
    rows.filter((row) => asking()(row) && row.overBare !== undefined).map((row) => barOf(row, 'overBare')),
  lines: (rows) => by(rows, asking(), 'overBareMicroseconds'),
  columns: () => [
    overBare('GET'),
    column('times bare', asking(), 'ratioToBare'),
    overBare('POST', { method: 'POST' }),
    overBare('100 at once', { concurrent: 100 }),
    overBare('8 KB token', { tokenBytes: 8192 }),
    overBare('loopback', { fetch: 'loopback' }),
    overBare('Firefox', { engine: 'firefox' }),
  ],
}
