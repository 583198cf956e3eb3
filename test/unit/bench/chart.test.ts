import { describe, expect, it } from 'vitest'
import { type Chart, drawChart } from '../../bench/chart.js'

const bar = (label: string, median: number) => ({ label, isOurs: false, min: median, median, max: median })
const chart: Chart = {
  title: 'Bytes',
  unit: 'gzip',
  scale: 'linear',
  bars: [bar('b', 20), bar('a', 10)],
  facts: ['2 × a core'],
}
const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml')
const widths = (svg: string) =>
  [...parse(svg).querySelectorAll('rect[height="16"]')].map((bar) => Number(bar.getAttribute('width')))
const points = (svg: string) =>
  [...parse(svg).querySelectorAll('circle')].map((point) => Number(point.getAttribute('cx')))

describe('a chart of the bench', () => {
  it('has a bar for each figure, in proportion, the smallest first', () => {
    const [first = 0, second = 0, ...others] = widths(drawChart(chart))
    expect(others).toEqual([])
    expect(second / first).toBeCloseTo(2)
  })

  it('has no bar that goes to the left', () => {
    expect(widths(drawChart({ ...chart, bars: [bar('a', -3), bar('b', 5)] }))[0]).toBe(0)
  })

  it('has a point for each figure where a length would say nothing, as far from ten as ten from one', () => {
    const bars = [bar('a', 1), bar('b', 10), bar('c', 100)]
    const svg = drawChart({ ...chart, scale: 'logarithmic', bars })
    const [one = 0, ten = 0, hundred = 0] = points(svg)
    expect([ten > one, hundred - ten]).toEqual([true, expect.closeTo(ten - one, 0)])
    expect(widths(svg)).toEqual([])
  })

  it('has headings above the bars that belong together, which stay in their order', () => {
    const bars = [
      { ...bar('b', 20), group: 'cold' },
      { ...bar('a', 10), group: 'cold' },
      { ...bar('c', 5), group: 'warm' },
    ]
    const order = /^(cold|warm|[abc])$/
    const said = [...parse(drawChart({ ...chart, bars })).querySelectorAll('text')].map(
      (one) => one.textContent,
    )
    expect(said.filter((text) => order.test(text ?? ''))).toEqual(['cold', 'b', 'a', 'warm', 'c'])
  })

  it('leaves room for the longest label, and a line for each', () => {
    const bars = [bar('a'.repeat(60), 1), bar('b', 2), bar('c', 3)]
    const labels = [...parse(drawChart({ ...chart, bars })).querySelectorAll('text[text-anchor="end"]')]
    expect(labels.map((label) => Number(label.getAttribute('x')) > 60 * 7)).toEqual([true, true, true])
    const heights = labels.map((label) => Number(label.getAttribute('y')))
    expect(heights.slice(1).map((y, at) => y - (heights[at] ?? 0) >= 16)).toEqual([true, true])
  })

  it('has other colours for whoever prefers a dark page, its own paper with them', () => {
    const svg = drawChart(chart)
    expect(svg).toMatch(/prefers-color-scheme:dark.*--paper:#0/)
    expect(parse(svg).querySelector('rect.paper')?.getAttribute('width')).toBe('100%')
  })

  it('says where it was measured, and takes no name for markup', () => {
    const svg = drawChart({ ...chart, title: 'a < b & "c"' })
    expect(svg).toContain('2 × a core')
    expect(parse(svg).querySelector('svg')?.getAttribute('aria-label')).toBe('a < b & "c"')
  })
})
