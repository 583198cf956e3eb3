import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorsOf, deadLinks, unlinked } from './links.js'
import { allPages } from './pages.js'
import { root } from './project.js'

const pages = allPages()

describe('the documents', () => {
  it('have no link that leads nowhere', () => {
    expect(deadLinks(pages, (path) => existsSync(join(root, path)))).toEqual([])
  })

  it('have no guide that nobody is led to', () => {
    expect(unlinked(pages)).toEqual([])
  })
})

describe('the check of links', () => {
  const page = (markdown: string, path = 'docs/a.md') => ({ path, markdown })
  const isThere = (path: string) =>
    ['README.md', 'docs', 'docs/a.md', 'docs/in/b.md', 'src/c.ts'].includes(path)
  const dead = (markdown: string) => deadLinks([page(markdown), page('# Top\n', 'README.md')], isThere)

  it.each([
    '[a](../README.md) [b](in/b.md) [c](../src/c.ts) [d](.)',
    '[a](../README.md#top) [b](#here)\n\n## Here\n',
    '[a](https://a.example/b#c) [b](mailto:a@b.example)',
    'Called as `[a](b)`.\n\n```ts\nconst a = [b](c)\n```\n',
  ])('has nothing against: %s', (markdown) => {
    expect(dead(markdown)).toEqual([])
  })

  it.each([
    ['[a](b.md)', 'which is not there'],
    ['[a](README.md)', 'which is not there'],
    ['[a](../README.md#bottom)', 'no such heading'],
    ['[a](#there)\n\n```md\n## There\n```\n', 'no such heading'],
  ])('finds: %s', (markdown, fault) => {
    expect(dead(markdown)).toEqual([expect.stringContaining(fault)])
  })

  it('knows what a heading is linked by', () => {
    const markdown =
      '# A server’s `session`, and CSRF\n## 2. So_it (is)\n## So\n## So\n### [Link](a.md) & more\n'
    expect([...anchorsOf(markdown)]).toEqual([
      'a-servers-session-and-csrf',
      '2-so_it-is',
      'so',
      'so-1',
      'link--more',
    ])
  })

  it('finds a guide that no other page links', () => {
    expect(unlinked([page('', 'docs/a.md'), page('[a](a.md#x)', 'docs/b.md')])).toEqual(['docs/b.md'])
  })
})
