import { all, barOf, column, type View } from './view.js'

export const memory: View = {
  title: 'What stays in memory',
  text: () => 'Bytes of the heap when all garbage is collected, in Chromium: no other browser says.',
  unit: 'bytes. Each line is ten times the one before.',
  scale: 'logarithmic',
  bars: (rows) => rows.map((row) => barOf(row, 'bytes')),
  lines: (rows) => rows,
  columns: () => [column('bytes', all, 'bytes')],
}
