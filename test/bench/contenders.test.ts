import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { overTabs, peersOverTabs } from './over-tabs.js'
import { nameOf, peers, strategies } from './peers.js'
import { settings } from './settings.js'

const manifest = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'))
const packages = Object.keys(manifest.devDependencies).filter((name) => !name.startsWith('@rollup/'))
const isOf = (name: string) => (one: string) => name === one || name.startsWith(`${one} `)

describe('those that the bench measures', () => {
  it('begin with latchkey where they are its strategies', () => {
    expect(strategies.map(nameOf).filter((name) => !name.startsWith('latchkey '))).toEqual([])
  })

  it('begin with a package where they are peers, and no package is left out', () => {
    const names = peers.map(nameOf)
    expect(names.filter((name) => !packages.some(isOf(name)))).toEqual([])
    expect(packages.filter((one) => !names.some((name) => isOf(name)(one)))).toEqual([])
  })

  it('have each a name of its own', () => {
    const names = [...strategies, ...peers].map(nameOf)
    expect(names.length - new Set(names).size).toBe(0)
  })
})

describe('what is said of a refresh for all tabs', () => {
  it('is said of peers that there are, and of the rest that they have none', () => {
    const names = peers.map(nameOf)
    expect(peersOverTabs.filter((name) => !names.includes(name))).toEqual([])
    expect(names.filter((name) => overTabs(name) !== 'no').toSorted()).toEqual(peersOverTabs.toSorted())
  })

  it('is said of the library, and not of a binding, which brings none of it along', () => {
    expect(overTabs('latchkey { createLatchkey, jwtStrategy }')).toBe('Web Locks, or IndexedDB')
    expect(overTabs('latchkey latchkey/react')).toBe('no')
  })
})

describe('the ways in which they ask', () => {
  const of = (kind: 'stubbed' | 'loopback') => settings.filter(({ fetch }) => fetch === kind)
  const cells = (kind: 'stubbed' | 'loopback') => of(kind).flatMap((setting) => setting.cells)

  it.each(['stubbed', 'loopback'] as const)('are one, ten and a hundred at a time with fetch %s', (kind) => {
    expect([...new Set(cells(kind).map(({ concurrent }) => concurrent))]).toEqual([1, 10, 100])
    expect(new Set(cells(kind).map(({ method }) => method))).toEqual(new Set(['GET', 'POST']))
  })

  it('are a string, a URL and a Request, with a token of 1 KB and with one of 8 KB', () => {
    expect(new Set(cells('stubbed').map(({ input }) => input))).toEqual(new Set(['string', 'URL', 'Request']))
    expect(new Set(of('stubbed').map(({ tokenBytes }) => tokenBytes))).toEqual(new Set([1024, 8192]))
  })
})
