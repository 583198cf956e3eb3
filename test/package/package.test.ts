import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packedOnce, root, run } from './pack.js'

const packed = packedOnce()
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const text = (path: string) => readFileSync(join(packed().unpacked, path), 'utf8')

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
}

/** What tsc makes of each source file, the two script-tag files with their maps and hashes, and the papers. */
function expectedFiles(): string[] {
  const modules = filesBelow(join(root, 'src')).map((path) => `dist/esm/${path.replace(/\.ts$/, '')}`)
  const scripts = ['dist/latchkey.js', 'dist/latchkey.min.js'].flatMap((path) => [path, `${path}.map`])
  const papers = [
    'dist/sri.json',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'latchkey.schema.json',
    'package.json',
  ]
  return [...modules.flatMap((path) => [`${path}.js`, `${path}.d.ts`]), ...scripts, ...papers].sort()
}

/** The files that a map speaks of and neither holds nor has beside it. */
function lostSources(path: string): string[] {
  const { sources, sourcesContent = [] } = JSON.parse(text(path))
  const isThere = (source: string, index: number) =>
    typeof sourcesContent[index] === 'string' || existsSync(join(packed().unpacked, dirname(path), source))
  return sources.filter((source: string, index: number) => !isThere(source, index))
}

function mapOf(path: string): string | undefined {
  const name = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(text(path))?.[1]
  return name && join(dirname(path), name)
}

describe('the package', () => {
  it('holds what was built, its papers and nothing else', () => {
    expect(filesBelow(packed().unpacked)).toEqual(expectedFiles())
  })

  it('has a map for each file that names one, and no map points nowhere', () => {
    const all = filesBelow(packed().unpacked)
    const named = all.filter((path) => path.endsWith('.js')).map(mapOf)
    const maps = all.filter((path) => path.endsWith('.map'))
    expect(named.filter((path) => path !== undefined).sort()).toEqual(maps)
    expect(maps.flatMap(lostSources)).toEqual([])
  })

  it('has the integrity of each file for a script tag in sri.json, and of no other', () => {
    const hashOf = (path: string) => createHash('sha384').update(text(path)).digest('base64')
    const files = ['latchkey.js', 'latchkey.min.js']
    const expected = files.map((name) => [name, `sha384-${hashOf(`dist/${name}`)}`])
    expect(JSON.parse(text('dist/sri.json'))).toEqual(Object.fromEntries(expected))
  })

  it('has nothing that publint finds fault with', { timeout: 120_000 }, async () => {
    const { code, output } = await run(bin('publint'), ['run', packed().tarball, '--strict'], root)
    expect(output).toContain('All good')
    expect(code).toBe(0)
  })

  it('has types that resolve for everyone who uses ES modules', { timeout: 120_000 }, async () => {
    const options = [packed().tarball, '--profile', 'esm-only', '--no-emoji', '--no-color']
    const { code, output } = await run(bin('attw'), options, root)
    expect(code, output).toBe(0)
  })
})
