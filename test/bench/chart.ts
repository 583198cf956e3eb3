import { type Axis, axisOf, type Scale } from './axis.js'
import type { Spread } from './spread.js'
import { written } from './written.js'

export type { Scale } from './axis.js'

/** One bar, and the range its figure was in. */
export interface Bar extends Spread {
  readonly label: string
  readonly isOurs: boolean
  /** The heading above it and its neighbours. Bars that have one stay in their order. */
  readonly group?: string
}

export interface Chart {
  readonly title: string
  readonly unit: string
  readonly scale: Scale
  readonly bars: readonly Bar[]
  /** The machine's facts, below. */
  readonly facts: readonly string[]
}

const width = 900
const bar = 16
const row = 22
const head = 66
const figures = 80
const letter = 7.3

/** A picture in a page is told by the reader's browser which of the two it prefers. */
const style = `
:root{--text:#1f2933;--paper:#fff;--ours:#0b6e4f;--others:#a3b0bd;--range:#33404d;--line:#e4e7eb}
@media (prefers-color-scheme:dark){:root{--text:#d5dbe1;--paper:#0d1117;--ours:#34c38f;--others:#566270;--range:#aab4be;--line:#21282f}}
text{font:12px system-ui,sans-serif;fill:var(--text)} .paper{fill:var(--paper)} .line{stroke:var(--line)} .range{stroke:var(--range)}
.others{fill:var(--others)} .ours{fill:var(--ours)} .bold,text.ours{font-weight:bold;fill:var(--text)} .small{font-size:11px;opacity:.75}`

const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const text = (x: number, y: number, content: string, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${more && ` ${more}`}>${escaped(content)}</text>`

/** A figure on a logarithmic axis is a point: a bar's length would say nothing there. */
function marked({ isOurs, median }: Bar, top: number, axis: Axis): string {
  const kind = `class="${isOurs ? 'ours' : 'others'}"`
  const at = axis.at(median)
  return axis.hasZero
    ? `<rect x="${axis.start}" y="${top}" width="${(at - axis.start).toFixed(1)}" height="${bar}" ${kind}/>`
    : `<circle cx="${at.toFixed(1)}" cy="${top + bar / 2}" r="6" ${kind}/>`
}

function drawn(one: Bar, top: number, axis: Axis): string {
  const [from, to] = [axis.at(one.min), axis.at(one.max)]
  const base = top + bar - 4
  return [
    text(axis.start - 8, base, one.label, `text-anchor="end"${one.isOurs ? ' class="ours"' : ''}`),
    marked(one, top, axis),
    `<path d="M${from.toFixed(1)} ${top + bar / 2}H${to.toFixed(1)}" class="range"/>`,
    text(Math.max(to, axis.at(one.median) + 6) + 6, base, written(one.median)),
  ].join('\n')
}

function gridOf(axis: Axis, bottom: number): string[] {
  return axis.ticks.map((value) => {
    const x = axis.at(value).toFixed(1)
    const label = text(axis.at(value), head - 8, written(value), 'text-anchor="middle" class="small"')
    return `${label}\n<path d="M${x} ${head - 4}V${bottom}" class="line"/>`
  })
}

type Line = Bar | string

/** The smallest first; bars with a heading in their order, below it. */
function linesOf(bars: readonly Bar[]): Line[] {
  if (bars.every(({ group }) => group === undefined)) return bars.toSorted((a, b) => a.median - b.median)
  return bars.flatMap((one, at) => (one.group === bars[at - 1]?.group ? [one] : [one.group ?? '', one]))
}

/** Figures from left to right; the thin line goes from the least to the most. */
export function drawChart({ title, unit, scale, bars, facts }: Chart): string {
  const longest = Math.max(...bars.map(({ label, group = '' }) => Math.max(label.length, group.length)), 0)
  const axis = axisOf(scale, bars, longest * letter + 16, width - figures)
  const lines = linesOf(bars)
  const bottom = head + lines.length * row
  const height = bottom + 16 + facts.length * 16
  const lineOf = (line: Line, top: number) =>
    typeof line === 'string' ? text(8, top + bar - 4, line, 'class="bold"') : drawn(line, top, axis)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}</style>`,
    '<rect width="100%" height="100%" class="paper"/>',
    text(8, 20, title, 'class="bold"'),
    text(8, 38, unit, 'class="small"'),
    ...gridOf(axis, bottom),
    ...lines.map((line, at) => lineOf(line, head + at * row + 3)),
    ...facts.map((fact, at) => text(8, bottom + 20 + at * 16, fact, 'class="small"')),
    '</svg>\n',
  ].join('\n')
}
