import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advise } from '../../demo/page/choose/advice.js'
import type { Places } from '../../demo/page/choose/places.js'
import { everyAnswer } from '../schema/every-answer.js'
import { compile, nameOf, type Project } from './project.js'
import type { Snippet } from './snippets.js'

const places: Places = {
  development: { host: 'localhost:5173', apis: [] },
  staging: { host: 'staging.example.com', apis: [] },
  production: { host: 'app.example.com', apis: [] },
}
/** Each module that can come out once, with its configuration in the place of the file. */
function modules(): Snippet[] {
  const advised = everyAnswer.filter(({ api }) => api === 'own').map((answers) => advise(answers, places))
  const each = new Map(advised.map((one) => [one.code, one]))
  return [...each.values()].map(({ code, configuration }, line) => ({
    language: 'ts',
    runs: false,
    page: 'advice',
    line,
    code: code.replace(/^import config .*$/m, `const config = ${JSON.stringify(configuration)}`),
  }))
}

/** The module's functions, with an instance that notes what is done to it, and a network of the test's. */
function ran(code: string, send: () => Promise<Response>) {
  const done: string[] = []
  const note = (what: string) => async () => void done.push(what)
  const latchkey = { fetch: send, set: note('set'), clear: note('clear') }
  const script = code.replace(/^import .*$|\bexport |: (string|HTMLFormElement)\b/gm, '')
  const named = ['configure', 'dpop', 'fetch', 'FormData']
  const given = [() => latchkey, () => ({ fetch: send }), send, class {}]
  return { ...new Function(...named, `${script}\nreturn { signIn, signOut }`)(...given), done }
}

const snippets = modules()
let project: Project | undefined
beforeAll(async () => {
  project = await compile(snippets)
}, 120_000)
afterAll(() => project?.remove())

describe('the TypeScript that the Lab advises', () => {
  it.each(snippets.map((snippet) => [nameOf(snippet), snippet.code] as const))(
    'compiles: %s',
    (name, code) => {
      expect(code).toContain('const config = {')
      expect(project?.faults(name)).toEqual([])
    },
  )

  it.each(snippets.map(({ code }) => [code] as const))(
    'signs out here even where the server is not reached: %#',
    async (code) => {
      const { signOut, done } = ran(code, () => Promise.reject(new TypeError('Failed to fetch')))
      await expect(signOut('/logout')).rejects.toThrow('Failed to fetch')
      expect(done).toEqual(['clear'])
    },
  )

  it.each(snippets.map(({ code }) => [code] as const))(
    'tells a refused sign-in, and keeps nothing: %#',
    async (code) => {
      const { signIn, done } = ran(code, async () => new Response(null, { status: 403 }))
      await expect(signIn('/login')).rejects.toThrow('403')
      expect(done).toEqual([])
    },
  )

  it('differs by who signs in: a cookie’s user, a token’s, or one with a key', () => {
    expect(snippets).toHaveLength(4)
  })
})
