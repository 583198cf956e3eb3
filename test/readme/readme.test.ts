import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guidePages } from './pages.js'
import { compile, nameOf, type Project, root } from './project.js'
import { filesLoaded, jsonOf, membersUsed, snippetsOf } from './snippets.js'

const pages = guidePages()
const readme = pages[0]?.markdown ?? ''
const snippets = pages.flatMap(({ path, markdown }) => snippetsOf(markdown, path))
const html = snippets.filter(({ language }) => language === 'html').map(({ code }) => code)
const running = snippets.filter(({ runs }) => runs).map(nameOf)

let project: Project | undefined
let failures: Readonly<Record<string, string>> = {}
beforeAll(async () => {
  project = await compile(snippets)
  failures = await project.run(running)
}, 120_000)
afterAll(() => project?.remove())

describe('the README and the guides', () => {
  it('show how the library is used, at the very beginning', () => {
    const own = snippetsOf(readme)
    expect(own[0]?.runs).toBe(true)
    expect(own.some(({ language }) => language === 'html')).toBe(true)
  })

  it.each(snippets.map(nameOf))('have snippets that compile: %s', (name) => {
    expect(project?.faults(name)).toEqual([])
  })

  it.each(running)('have snippets that run: %s', (name) => {
    expect(failures[name]).toBe('')
  })

  it('have JSON that is JSON', () => {
    const found = pages.flatMap(({ path, markdown }) =>
      jsonOf(markdown).map(({ line, code }) => [`${path}-line-${line}`, code] as const),
    )
    const wrong = found.filter(([, code]) => {
      try {
        JSON.parse(code)
        return false
      } catch {
        return true
      }
    })
    expect(wrong.map(([name]) => name)).toEqual([])
  })

  it('ask the script tag for nothing that is not there', { timeout: 60_000 }, async () => {
    const exported = await import(/* @vite-ignore */ pathToFileURL(join(root, 'dist/esm/index.js')).href)
    const own = html.flatMap(filesLoaded).filter((file) => file.includes('latchkey'))
    expect(html.flatMap(membersUsed).filter((name) => !(name in exported) && name !== 'instance')).toEqual([])
    expect(own.filter((file) => !/latchkey\.min\.m?js$/.test(file))).toEqual([])
  })
})
