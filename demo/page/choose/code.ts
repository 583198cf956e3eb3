import type { Kind } from './answers.js'

/** The module beside `latchkey.json`: it makes the instance, takes what a sign-in answers, and signs out. */
export function codeFor(kind: Kind, isBound: boolean): string {
  const isCookie = kind === 'session' || kind === 'cookie'
  const fetch = isBound ? 'dpop().fetch' : isCookie ? 'latchkey.fetch' : 'fetch'
  const answered = kind === 'session' ? '{}' : 'await answer.json()'
  return `import { configure${isBound ? ', dpop' : ''} } from 'latchkey'
import config from './latchkey.json'

export const latchkey = configure(config)

export async function signIn(url: string, form: HTMLFormElement) {
  const body = new FormData(form)
  const answer = await ${fetch}(url, { method: 'POST', body })
  if (!answer.ok) throw new Error(\`The sign-in was refused: \${answer.status}\`)
  await latchkey.set(${answered})
}

export async function signOut(url: string) {
  try {
    await latchkey.fetch(url, { method: 'POST' })
  } finally {
    await latchkey.clear() // here it ends even where the server is not reached
  }
}
`
}
