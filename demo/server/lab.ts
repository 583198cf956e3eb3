import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Router } from 'express'
import { giveCsrfToken } from './csrf.js'
import { root, send } from './pages.js'
import { notAllowed } from './refusal.js'

const page = join(root, 'demo', 'page')
const LANGUAGES = [
  ['/', 'en'],
  ['/zh/', 'zh'],
] as const

/** The page of the Lab in each language, with its words put in once, and what it loads. */
export function createLab(): Router {
  const pages = Router()
  for (const [path, language] of LANGUAGES) {
    const html = rendered(wordsOf(language))
    const show = pages.route(path).get(giveCsrfToken, (_request, response) => {
      response.set('Cache-Control', 'no-cache').type('html').send(html)
    })
    show.all(notAllowed('GET'))
  }
  for (const name of ['main.js', 'main.js.map', 'lab.css'])
    pages
      .route(`/${name}`)
      .get(send(`demo/.build/public/${name}`))
      .all(notAllowed('GET'))
  return pages
}

/** @param language with or without its script: `zh-Hans` is `zh` */
export function wordsOf(language: string): unknown {
  return JSON.parse(text('words', `${language.replace(/-.*/, '')}.json`))
}

function text(...path: readonly string[]): string {
  return readFileSync(join(page, ...path), 'utf8')
}

/** `{{> name}}` is a section's own file, `"{{words}}"` all words as JSON, and `{{a.b}}` one of them. */
function rendered(words: unknown): string {
  const whole = text('index.html').replace(/\{\{> ([\w-]+)\}\}/g, (_, name) => text(name, 'section.html'))
  const all = JSON.stringify(words).replaceAll('<', '\\u003c')
  return worded(
    whole.replace('"{{words}}"', () => all),
    words,
  )
}

/** In the language of the words, with one in the place of each `{{a.b}}`. */
export function worded(html: string, words: unknown): string {
  const inLanguage = html.replace('lang="en"', `lang="${wordAt(words, 'lab.language')}"`)
  return inLanguage.replace(/\{\{([\w.]+)\}\}/g, (_, path: string) => escaped(wordAt(words, path)))
}

/** @throws Error that names what the words lack */
function wordAt(words: unknown, path: string): string {
  const word = path.split('.').reduce((inside, key) => Object(inside)[key], words)
  if (typeof word !== 'string') throw new Error(`demo/page/words has no ${path}`)
  return word
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
