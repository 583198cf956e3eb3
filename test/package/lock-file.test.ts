import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './pack.js'

const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))
const manifest = read('package.json')
const { '': itself, ...others } = read('package-lock.json').packages

describe('the lock file', () => {
  it('is of this package.json', () => {
    const { name, version, license, engines, dependencies, devDependencies } = manifest
    expect(itself).toMatchObject({ name, version, license, engines, dependencies, devDependencies })
    const asked = Object.keys({ ...dependencies, ...devDependencies })
    expect(asked.filter((one) => !(`node_modules/${one}` in others))).toEqual([])
  })

  it('has the integrity of each package', () => {
    expect(Object.keys(others).length).toBeGreaterThan(50)
    const isHashed = (path: string) => /^sha512-[\w+/]{86}==$/.test(others[path].integrity)
    expect(Object.keys(others).filter((path) => !isHashed(path))).toEqual([])
  })

  it('names no host to download from', () => {
    expect(Object.keys(others).filter((path) => 'resolved' in others[path])).toEqual([])
  })
})
