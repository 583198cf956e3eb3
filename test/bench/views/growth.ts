import type { Column } from '../pivot.js'
import type { Row } from '../rows.js'
import { written } from '../written.js'
import { barOf, column, figure, inChromium, inFirefox, type Test, type View } from './view.js'

const ofOne: Test = (row) => inChromium(row) && row.count === 1

/** Whether a row is the one of its name with the greatest count. */
function ofMost(rows: readonly Row[]): Test {
  const counts = (row: Row) => rows.filter(({ name }) => name === row.name).map(({ count }) => Number(count))
  return (row) => inChromium(row) && row.count === Math.max(...counts(row))
}

const order = (head: string, isOf: Test): Column => ({ head, isOf, cell: (row) => String(row.order) })

export const growth: View = {
  title: 'What a request costs when there is more of something',
  text: () => `Microseconds a request; for those that wait for one refresh it is all of them together, from its answer to the last of theirs. The
order is that of the curve which is nearest to the least figures of all counts, since what disturbs a round only adds to it, and
constant where the most cost less than a quarter more than one.`,
  unit: 'microseconds a request, Chromium',
  scale: 'linear',
  bars: (rows) =>
    rows
      .filter((row) => inChromium(row) && !row.name.includes('waiting'))
      .map((row) =>
        barOf(row, 'microseconds', {
          label: written(Number(row.count)),
          group: row.name.replace('latchkey ', ''),
        }),
      ),
  lines: (rows) => rows,
  columns: (rows) => [
    column('of one', ofOne, 'microseconds'),
    {
      head: 'of the most',
      isOf: ofMost(rows),
      cell: (row) => `${written(figure(row, 'microseconds'))} of ${written(Number(row.count))}`,
    },
    order('order', inChromium),
    order('order in Firefox', inFirefox),
  ],
}
