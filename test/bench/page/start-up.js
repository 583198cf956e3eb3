import { began } from './began.js'

/** Milliseconds from the script's first line. Where nothing is found, the page signs in before it asks. */
export async function startUp({ create, login }, tokens) {
  const latchkey = create()
  const { status } = await latchkey.ready()
  const readyMs = performance.now() - began
  if (status !== 'signed-in') await latchkey.set(login(tokens))
  const answer = await latchkey.fetch('/api/items')
  await answer.text()
  return { status, readyMs, answerMs: performance.now() - began }
}
