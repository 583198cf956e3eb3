// @vitest-environment node
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { partsOf } from '../../bench/parts.js'
import { nameOf, peers, stormers } from '../../bench/peers.js'

const textOf = (module: string) =>
  readFileSync(fileURLToPath(new URL(`../../bench/${module}`, import.meta.url)), 'utf8')

describe('the storms of the bench', () => {
  it('are of those peers that can renew a token at any server, and of the best that is written by hand', () => {
    const names = stormers.map(nameOf)
    expect(names).toEqual(expect.arrayContaining(['oidc-client-ts', '@auth0/auth0-spa-js', 'axios']))
    expect(names).toContain('ky by hand with Web Locks')
    expect(names).not.toContain('firebase')
  })

  it('say of each peer they are not of why', () => {
    const others = peers.filter((peer) => !stormers.includes(peer))
    expect(others.length).toBeGreaterThan(0)
    for (const { module } of others) expect(textOf(module), module).toMatch(/^\/\/ No storm: .{20}/m)
  })

  it('are in parts, so that no more tabs are open at once than a machine can have', () => {
    expect(partsOf([1, 2, 3, 4, 5], 2).map(({ length }) => length)).toEqual([2, 2, 1])
    expect(partsOf([1, 2], 60)).toEqual([[1, 2]])
    expect(partsOf([], 3)).toEqual([])
  })

  it("have the library's strategies in as many parts as there are, and each with others", () => {
    expect(partsOf(['jwt', 'token', 'ky', 'axios', 'wretch'], 3)).toEqual([
      ['jwt', 'ky', 'wretch'],
      ['token', 'axios'],
    ])
  })
})
