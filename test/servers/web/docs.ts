import { documented } from './documented.js'
import type { Facts, Said } from './facts.js'
import type { WebServer } from './servers.js'

export interface Run {
  readonly server: WebServer
  readonly facts: Facts
}

const head = [
  'framework',
  'preset',
  'what is read',
  'what is sent',
  'what a refusal looks like',
  'when it changes',
]
const answers = ['server', 'no token', 'the token from before a login', 'a 403 that is not about CSRF']

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (names: readonly string[], rows: readonly (readonly string[])[]) =>
  [names, names.map(() => '---'), ...rows].map(row).join('\n')

const code = (text: string) => `\`${text}\``

function presetOf({ preset, settings }: WebServer): string {
  return code(settings.url ? `${preset}({ url: '${settings.url}' })` : `${preset}()`)
}

function readOf({ cookie, settings }: WebServer): string {
  if (!cookie) return `${code(`GET ${settings.url}`)}, field ${code('token')}`
  return `the cookie ${code(cookie)}${settings.url ? `; ${code(`GET ${settings.url}`)} sets it` : ''}`
}

const told = ({ status, type, says }: Said) => `${status}, ${type}: ${code(says)}`

function ranRow({ server, facts }: Run): string[] {
  const cookies = facts.cookies.map((one) => one.replace(/^[^,]+/, code)).join('; ')
  return [
    `${facts.versions} (cookies: ${cookies})`,
    presetOf(server),
    readOf(server),
    code(server.header),
    told(facts.wrong),
    server.rotates,
  ]
}

function otherRow({ server, facts }: Run): string[] {
  return [server.name, told(facts.without), told(facts.afterLogin), told(facts.forbidden)]
}

function documentedRows(): string[][] {
  return documented.map(({ framework, link, preset, read, sent, refusal, rotates }) => [
    `[${framework}](${link}), from its documentation`,
    code(preset),
    read,
    sent,
    refusal,
    rotates,
  ])
}

function between(name: string, page: string, content: string): string {
  const marked = new RegExp(`(<!-- ${name} -->\\n\\n)[^]*?(\\n\\n<!-- /${name} -->)`)
  if (!marked.test(page)) throw new Error(`docs/csrf.md has no place for its table "${name}"`)
  return page.replace(marked, (_, begin, end) => begin + content + end)
}

/** The page with its tables as they ought to be: what the servers were seen to do, and what others say that they do. */
export function withTables(page: string, runs: readonly Run[]): string {
  const frameworks = table(head, [...runs.map(ranRow), ...documentedRows()])
  return between('answers', between('frameworks', page, frameworks), table(answers, runs.map(otherRow)))
}
