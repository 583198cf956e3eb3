import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, nameOf, type Project, root } from './project.js'
import { wrongSizes } from './sizes.js'
import { filesLoaded, membersUsed, snippetsOf } from './snippets.js'

const path = join(root, 'README.md')
const readme = existsSync(path) ? readFileSync(path, 'utf8') : ''
const snippets = snippetsOf(readme)
const titled = snippets.map((one) => [nameOf(one), one] as const)
const html = snippets.filter(({ language }) => language === 'html').map(({ code }) => code)

let project: Project | undefined
beforeAll(async () => {
  project = await compile(snippets)
}, 120_000)
afterAll(() => project?.remove())

describe('the README', () => {
  it('is there, and shows how the library is used', () => {
    expect(existsSync(path)).toBe(true)
    expect(snippets.some(({ language }) => language === 'ts')).toBe(true)
    expect(snippets.some(({ runs }) => runs)).toBe(true)
  })

  it.each(titled)('has snippets that compile: %s', (name) => {
    expect(project?.faults(name)).toEqual([])
  })

  const running = titled.filter(([, { runs }]) => runs)
  it.concurrent.each(running)('has snippets that run: %s', { timeout: 60_000 }, async (name) => {
    expect(await project?.run(name)).toBe('')
  })

  it('asks the script tag for nothing that is not there', async () => {
    const exported = await import(/* @vite-ignore */ pathToFileURL(join(root, 'dist/esm/index.js')).href)
    const own = html.flatMap(filesLoaded).filter((file) => file.includes('latchkey'))
    expect(html.flatMap(membersUsed).filter((name) => !(name in exported) && name !== 'instance')).toEqual([])
    expect(own.filter((file) => !file.endsWith('latchkey.min.js'))).toEqual([])
  })

  it('names the sizes that are measured', { timeout: 120_000 }, async () => {
    const size = join(root, 'test/size/size.mjs')
    // Its exit code speaks of budgets, and here only the figures matter.
    const { stdout } = await promisify(execFile)(process.execPath, [size, '--json']).catch((error) => error)
    expect(wrongSizes(readme, JSON.parse(stdout).rows)).toEqual([])
  })
})
