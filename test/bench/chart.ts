import type { Spread } from './spread.js'

/** One bar, and the range its figure was in. */
export interface Bar extends Spread {
  readonly label: string
  readonly isOurs: boolean
}

export interface Chart {
  readonly title: string
  readonly unit: string
  readonly bars: readonly Bar[]
  /** The machine's facts, below. */
  readonly facts: readonly string[]
}

const size = { width: 860, label: 300, bar: 16, gap: 6, head: 48, figure: 90 }
const colours = { ours: '#0b6e4f', others: '#9aa5b1', range: '#33404d', text: '#1f2933' }

const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const text = (x: number, y: number, content: string, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(content)}</text>`

/** How far to the right a figure is, of 1: in proportion, and never left of the start. */
const scale = (bars: readonly Bar[]) => {
  const most = Math.max(...bars.map(({ max }) => max), Number.MIN_VALUE)
  const width = size.width - size.label - size.figure
  return (value: number) => (Math.max(value, 0) / most) * width
}

function drawn({ label, isOurs, min, median, max }: Bar, y: number, at: (value: number) => number): string {
  const middle = y + size.bar / 2
  const [from, to] = [size.label + at(min), size.label + at(max)]
  const colour = isOurs ? colours.ours : colours.others
  return [
    text(
      size.label - 8,
      y + size.bar - 4,
      label,
      `text-anchor="end"${isOurs ? ' style="font-weight:bold"' : ''}`,
    ),
    `<rect x="${size.label}" y="${y}" width="${at(median).toFixed(1)}" height="${size.bar}" fill="${colour}"/>`,
    `<path d="M${from.toFixed(1)} ${middle}H${to.toFixed(1)}" stroke="${colours.range}"/>`,
    text(to + 6, y + size.bar - 4, String(median)),
  ].join('\n')
}

/** Bars from left to right, the smallest first; the thin line goes from the least to the most. */
export function drawChart({ title, unit, bars, facts }: Chart): string {
  const at = scale(bars)
  const row = size.bar + size.gap
  const end = size.head + bars.length * row
  const height = end + 20 + facts.length * 16
  const sorted = bars.toSorted((one, other) => one.median - other.median)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>text{font:12px system-ui,sans-serif;fill:${colours.text}}</style>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(8, 20, title, 'style="font-weight:bold"'),
    text(8, 36, unit),
    ...sorted.map((bar, index) => drawn(bar, size.head + index * row, at)),
    ...facts.map((fact, index) => text(8, end + 20 + index * 16, fact)),
    '</svg>\n',
  ].join('\n')
}
