import { configure } from 'latchkey'
import config from './latchkey.json' with { type: 'json' }

export const latchkey = configure(config)

const post = (body: object) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

async function ask(path: string, init?: RequestInit) {
  const response = await latchkey.fetch(path, init)
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer
}

export async function signIn(name: string) {
  const credential = await ask('/api/login', post({ name }))
  await latchkey.set(credential)
}

export async function whoAmI() {
  return ask('/api/me')
}

export async function notes() {
  return ask('/api/notes')
}

export async function addNote(text: string) {
  return ask('/api/notes', post({ text }))
}

export async function signOut() {
  await latchkey.fetch('/api/logout', post({}))
  await latchkey.clear()
}
