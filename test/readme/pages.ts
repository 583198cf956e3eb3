import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.js'

export interface Page {
  /** Its path in the repository. */
  readonly path: string
  readonly markdown: string
}

const GENERATED = 'docs/api/'

function guides(): string[] {
  const found = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  const paths = found.map((path) => `docs/${path.replaceAll('\\', '/')}`)
  return paths.filter((path) => path.endsWith('.md') && !path.startsWith(GENERATED)).sort()
}

const read = (path: string): Page => ({ path, markdown: readFileSync(join(root, path), 'utf8') })

/** The README and the guides. */
export const guidePages = (): Page[] => ['README.md', ...guides()].map(read)

/** All that is written for people. */
export const allPages = (): Page[] => [
  ...guidePages(),
  ...['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map(read),
]
