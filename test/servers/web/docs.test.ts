import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Run, withTables } from './docs.js'
import { factsOf } from './facts.js'
import { SERVER_COUNT, servers } from './servers.js'

const path = fileURLToPath(new URL('../../../docs/csrf.md', import.meta.url))

async function runs(): Promise<Run[]> {
  return Promise.all(servers.map(async (server) => ({ server, facts: await factsOf(server) })))
}

// Where a server is left out there is nothing to compare its row with; CI has them all.
test.runIf(servers.length === SERVER_COUNT)(
  'docs/csrf.md says what the servers were seen to do',
  async () => {
    const page = readFileSync(path, 'utf8')
    const seen = withTables(page, await runs())
    if (process.env.LATCHKEY_DOCS === 'write') return writeFileSync(path, seen)
    expect(page, 'docs/csrf.md is not what was seen: npm run docs:csrf writes it anew').toBe(seen)
  },
)
