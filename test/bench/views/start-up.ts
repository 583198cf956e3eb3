import { all, barOf, by, column, inChromium, inFirefox, type Test, type View } from './view.js'

const visit =
  (profile: string, isIn: Test = inChromium): Test =>
  (row) =>
    isIn(row) && row.profile === profile

const [cold, warm] = [visit('cold'), visit('warm')]

export const startUp: View = {
  title: 'From the first line of script to the first answer',
  text: () => `Milliseconds in a new page. Cold is a browser that was never there: nothing is found, and the page signs in. Warm is the next
visit. *Known* is when the page knows who is signed in, *answer* when the first answer is read.`,
  unit: 'milliseconds until the first answer, Chromium',
  scale: 'linear',
  bars: (rows) =>
    ['cold', 'warm'].flatMap((group) =>
      by(rows.filter(visit(group)), all, 'firstAnswerMs').map((row) =>
        barOf(row, 'firstAnswerMs', { group }),
      ),
    ),
  lines: (rows) => by(rows, warm, 'firstAnswerMs'),
  columns: () => [
    column('cold: known', cold, 'readyMs'),
    column('cold: answer', cold, 'firstAnswerMs'),
    column('warm: known', warm, 'readyMs'),
    column('warm: answer', warm, 'firstAnswerMs'),
    column('Firefox, warm: answer', visit('warm', inFirefox), 'firstAnswerMs'),
  ],
}
