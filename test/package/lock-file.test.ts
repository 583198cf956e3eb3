import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './pack.js'

const read = (folder: string, name: string) => JSON.parse(readFileSync(join(root, folder, name), 'utf8'))

// The second is of what the bench measures beside the library.
describe.each(['.', 'test/bench'])('the lock file in %s', (folder) => {
  const manifest = read(folder, 'package.json')
  const { '': itself, ...others } = read(folder, 'package-lock.json').packages

  it('is of this package.json', () => {
    const { name, version, license, engines, dependencies, devDependencies } = manifest
    const same = { name, version, license, engines, dependencies, devDependencies }
    expect(itself).toMatchObject(Object.fromEntries(Object.entries(same).filter(([, value]) => value)))
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
