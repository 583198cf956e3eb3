import { posix } from 'node:path'
import type { Page } from './pages.js'

const FENCED = /^(`{3,})[^\n]*\n[\s\S]*?^\1`*[ \t]*$/gm

/** The page without its code, in which nothing is a heading or a link. */
const proseOf = (markdown: string) => markdown.replace(FENCED, '')

/** What GitHub makes of a heading: its text in lower case, with a hyphen for each blank and nothing for punctuation. */
export function anchorsOf(markdown: string): Set<string> {
  const found = new Set<string>()
  for (const [, heading = ''] of proseOf(markdown).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = text.replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '').replaceAll(' ', '-')
    let anchor = slug
    for (let again = 1; found.has(anchor); again++) anchor = `${slug}-${again}`
    found.add(anchor)
  }
  return found
}

/** Where a page's links lead to, but for those to the web. */
function linksOf(markdown: string): string[] {
  const prose = proseOf(markdown).replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(\s*(?![a-z]+:)([^)\s]+)/g)].map(([, link = '']) => link)
}

/** Each link that leads nowhere, as a sentence. `isThere` tells of a path in the repository. */
export function deadLinks(pages: readonly Page[], isThere: (path: string) => boolean): string[] {
  const anchors = new Map(pages.map(({ path, markdown }) => [path, anchorsOf(markdown)]))
  return pages.flatMap(({ path, markdown }) =>
    linksOf(markdown).flatMap((link) => {
      const [file = '', anchor] = link.split('#')
      const target = file ? posix.join(posix.dirname(path), decodeURIComponent(file)) : path
      if (!isThere(target)) return [`${path} links ${link}, which is not there`]
      const isDead = anchor !== undefined && !anchors.get(target)?.has(anchor)
      return isDead ? [`${path} links ${link}, and there is no such heading`] : []
    }),
  )
}

/** The guides that no link of another page leads to. */
export function unlinked(pages: readonly Page[]): string[] {
  const linked = new Set(
    pages.flatMap(({ path, markdown }) =>
      linksOf(markdown).map((link) => posix.join(posix.dirname(path), link.replace(/#.*/, ''))),
    ),
  )
  return pages.map(({ path }) => path).filter((path) => path.startsWith('docs/') && !linked.has(path))
}
