import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { pageFile, sections } from './sections.js'

type Tree = { readonly [key: string]: string | Tree }

/** Each text with the path to it. */
function textsIn(tree: Tree, path = ''): (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as const] : textsIn(value, `${path}${key}.`),
  )
}

const [english, chinese] = ['en', 'zh'].map(
  (name) => new Map(textsIn(JSON.parse(pageFile(`words/${name}.json`)))),
)
const en = english ?? new Map<string, string>()
const zh = chinese ?? new Map<string, string>()

const placeholders = (text = '') => (text.match(/\{\w+\}/g) ?? []).sort()

/** Three words in a row, of which code and names of products have no more than two. */
const isSentence = (text: string) => /\b[A-Za-z’']+ [a-z’']+ [a-z’']+\b/.test(text)

/**
 * Words for what has another one already: 凭据 (credential), 退出登录 (sign out), 拒绝列表 (deny-list), 令牌 (token), 刷新
 * (refresh, and 重新加载 for a page), 会话 (session), cookie, Lab. In names of code they stand.
 */
const LOSERS =
  /凭证|登出|封禁|(?<!域)名单|续期|刷新(?:页面|之?后(?!的凭据)|仍在|还在)|实验室|(?<![-\w])Cookie|(?<![\w/?-])[Tt]oken\b|\bSession\b/g

describe('the words of the Lab', () => {
  test('are the same in both languages, by their keys', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
    expect(en.size).toBeGreaterThan(100)
  })

  test('have the same places for values in both', () => {
    expect(
      [...en].filter(([key, text]) => `${placeholders(text)}` !== `${placeholders(zh.get(key))}`),
    ).toEqual([])
  })

  test('are never empty', () => {
    expect([...en, ...zh].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('leave no English sentence in Chinese', () => {
    const han = /\p{Script=Han}/u
    expect([...zh].filter(([, text]) => isSentence(text) && !han.test(text))).toEqual([])
    const same = [...en].filter(([key, text]) => isSentence(text) && zh.get(key) === text)
    expect(same.map(([key]) => key)).toEqual([])
  })

  test('have one word for each concept in Chinese, too', () => {
    const losers = [...zh].flatMap(([key, text]) =>
      (text.match(LOSERS) ?? []).map((word) => `${key}: ${word}`),
    )
    expect(losers).toEqual([])
    expect('凭证 Cookie Set-Cookie CSRF token access_token 会话'.match(LOSERS)).toEqual([
      '凭证',
      'Cookie',
      'token',
    ])
  })
})

/** What a reader sees of HTML and is no word of the two files: texts, but for code, and attributes that are read out. */
function strayIn(html: string): string[] {
  const withoutCode = html.replace(/<!--[\s\S]*?-->|<(code|style|script)\b[\s\S]*?<\/\1>/g, '')
  const spoken = [...withoutCode.matchAll(/\s(?:aria-label|alt|title|placeholder)="([^"]*)"/g)].map(
    ([, text]) => text,
  )
  const texts = withoutCode.split(/<[^>]*>/)
  const bare = [...texts, ...spoken].map((text = '') => text.replace(/\{\{[>\s\w.-]*\}\}/g, '').trim())
  // One letter is a name, such as a server's; what begins with a slash is an address.
  return bare.filter((text) => /\p{L}{2}/u.test(text) && !/^\/\S+$/.test(text))
}

/** The sentences in the strings of a module, but for what an error says to who develops the page. */
function sentencesIn(code: string): string[] {
  const spoken = code.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/new \w*Error\(.*$/gm, '')
  const strings = [...spoken.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)]
  const texts = strings.map(([, ...quoted]) => quoted.join('').replace(/\$\{[^}]*\}/g, ''))
  return texts.filter((text) => isSentence(text) && !/^import |=> |[#[]\w/m.test(text))
}

/** The modules of the Lab that a section or all of them have. */
const modules = readdirSync(fileURLToPath(new URL('../../demo/page/', import.meta.url)), {
  recursive: true,
  encoding: 'utf8',
}).filter((path) => path.endsWith('.ts') && !path.startsWith('environments'))

describe('the page of the Lab', () => {
  test.each(sections)('has no word of its own in the HTML of %s', (section) => {
    expect(strayIn(pageFile(`${section}/section.html`))).toEqual([])
  })

  test.each(modules)('has no sentence of its own in %s', (path) => {
    expect(sentencesIn(pageFile(path))).toEqual([])
  })

  test('is checked by what finds words that stray', () => {
    expect(strayIn('<p aria-label="Your name">{{a.b}} <b>Sign in</b></p><code>let a</code>')).toEqual([
      'Sign in',
      'Your name',
    ])
    expect(strayIn('<p aria-label="{{a.b}}">{{a.b}}: <b>1.</b> {{a.c}} A</p>')).toEqual([])
    expect(sentencesIn("say('Now call the API')\nthrow new Error('the page has no such part')")).toEqual([
      'Now call the API',
    ])
  })
})
