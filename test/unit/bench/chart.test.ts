import { describe, expect, it } from 'vitest'
import { type Chart, drawChart } from '../../bench/chart.js'

const bar = (label: string, median: number) => ({ label, isOurs: false, min: median, median, max: median })
const chart: Chart = {
  title: 'Bytes',
  unit: 'gzip',
  bars: [bar('b', 20), bar('a', 10)],
  facts: ['2 × a core'],
}
const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml')
const widths = (svg: string) =>
  [...parse(svg).querySelectorAll('rect[height="16"]')].map((bar) => Number(bar.getAttribute('width')))

describe('a chart of the bench', () => {
  it('has a bar for each figure, in proportion, the smallest first', () => {
    const [first = 0, second = 0, ...others] = widths(drawChart(chart))
    expect(others).toEqual([])
    expect(second / first).toBeCloseTo(2)
  })

  it('has no bar that goes to the left', () => {
    expect(widths(drawChart({ ...chart, bars: [bar('a', -3), bar('b', 5)] }))[0]).toBe(0)
  })

  it('says where it was measured, and takes no name for markup', () => {
    const svg = drawChart({ ...chart, title: 'a < b & "c"' })
    expect(svg).toContain('2 × a core')
    expect(parse(svg).querySelector('svg')?.getAttribute('aria-label')).toBe('a < b & "c"')
  })
})
