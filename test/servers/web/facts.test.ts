import { describe, expect, test } from 'vitest'
import { newClient } from './client.js'
import { factsOf, signIn, tokenFor } from './facts.js'
import { running, servers } from './servers.js'

describe.each(servers)('a client that is no browser, at $name,', (server) => {
  test('is facts', async () => {
    console.log(await factsOf(server))
  })
})
