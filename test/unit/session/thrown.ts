import { afterEach, beforeEach } from 'vitest'

/** What is thrown to the page, which is vitest here: for the tests of this file it is no failure. */
export function catchThrown(): unknown[] {
  const thrown: unknown[] = []
  let others: NodeJS.UncaughtExceptionListener[] = []
  beforeEach(() => {
    thrown.length = 0
    others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', (error) => thrown.push(error))
  })
  afterEach(() => {
    process.removeAllListeners('uncaughtException')
    for (const other of others) process.on('uncaughtException', other)
  })
  return thrown
}
