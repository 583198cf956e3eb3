import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import * as inspector from '../../src/clients/inspector/index.js'
import * as latchkey from '../../src/index.js'
import * as testing from '../../src/testing/index.js'
import {
  everyName,
  type Reflection,
  throwsOf,
  undescribed,
  withNamelessOptions,
  withoutUnit,
} from './reference.js'

const generator = fileURLToPath(new URL('api.mjs', import.meta.url))

let warnings = ''
let project: Reflection
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-docs-'))
  const path = join(folder, 'api.json')
  const ran = promisify(execFile)(process.execPath, [generator, '--json', path])
  const { stdout, stderr } = await ran.catch((error) => error)
  warnings = `${stdout}${stderr}`
  project = JSON.parse(readFileSync(path, 'utf8'))
  rmSync(folder, { recursive: true })
}, 240_000)

const ofModule = (name: string) => project.children?.find((one) => one.name === name)
const named = (list: readonly Reflection[] | undefined, name: string) =>
  list?.find((one) => one.name === name) ?? { id: 0, name }

/** Wrong in every place that checks anything. */
const WRONG = [undefined, 42, 'a b', [], [42], { nothing: 42 }]

/** Whether it throws at something of that as all wrong configuration does. */
function refuses(call: (given: unknown) => unknown): boolean {
  return WRONG.some((given) => {
    try {
      call(given)
      return false
    } catch (error) {
      return error instanceof TypeError && error.message.startsWith('"')
    }
  })
}

describe('the API reference', () => {
  it('is made without a warning: each name has a description, and each link leads somewhere', () => {
    expect(warnings).toBe('')
  })

  it('says of every property what it is', () => {
    expect(undescribed(everyName(project))).toEqual([])
  })

  it('calls each module what it is imported by', () => {
    const names = project.children?.map(({ name }) => name).sort()
    const others = ['inspector', 'react', 'svelte', 'testing', 'vue'].map((name) => `latchkey/${name}`)
    expect(names).toEqual(['latchkey', ...others])
  })

  it.each([
    ['latchkey', latchkey],
    ['latchkey/testing', testing],
    ['latchkey/inspector', inspector],
  ])('has every name that %s exports', (module, exported) => {
    const names = ofModule(module)?.children?.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(exported)))
  })

  it('describes every option where editors look for it: in a type that has a name', () => {
    expect(withNamelessOptions(everyName(project))).toEqual([])
  })

  it('says of every time and duration in what it is counted', () => {
    expect(withoutUnit(everyName(project))).toEqual([])
  })

  it('says of every function that refuses wrong configuration that it throws a TypeError', () => {
    const listed = ofModule('latchkey')?.children
    const refusing = Object.entries(latchkey).filter(([, value]) => refuses(value as () => unknown))
    const silent = refusing.filter(([name]) => !throwsOf(named(listed, name)).includes('TypeError'))
    expect(refusing.map(([name]) => name)).toEqual(expect.arrayContaining(['createLatchkey', 'django']))
    expect(silent.map(([name]) => name)).toEqual([])
  })

  it('says of every method that rejects once an instance is disposed of that it does', async () => {
    const { createLatchkey, memoryStrategy } = latchkey
    const instance = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['https://a.example'] })
    instance.dispose()
    const calls = Object.entries(instance).filter(([, value]) => typeof value === 'function')
    const rejecting: string[] = []
    for (const [name, call] of calls) {
      const given = name === 'subscribe' ? () => {} : 'https://a.example/'
      const error = await new Promise((resolve) => resolve(call(given))).catch((reason) => reason)
      if (Object(error).code === 'ERR_DISPOSED') rejecting.push(name)
    }
    const index = ofModule('latchkey')?.children
    const described = rejecting.map((name) => {
      const member = named(named(index, 'Latchkey').children, name)
      // Where the call has a type of its own, that is described.
      const type = index?.find(({ id }) => id === member.type?.target)
      return [name, throwsOf(type ?? member).includes('ERR_DISPOSED')]
    })
    expect(rejecting).toEqual(expect.arrayContaining(['ready', 'fetch', 'refresh', 'webSocket']))
    expect(described.filter(([, says]) => !says)).toEqual([])
  })
})

describe('the check of descriptions', () => {
  const property = (name: string, text: string): [string, Reflection] => [
    name,
    { id: 1, name, kind: 1024, comment: { summary: [{ text }] } },
  ]

  it('finds a time without its unit, and has nothing against what is no time', () => {
    const names = [
      property('waitSeconds', 'How long it waits.'),
      property('restSeconds', 'How long it rests, in seconds.'),
      property('endsAt', 'When it ends, in seconds.'),
      property('begunAt', 'When it has begun, in milliseconds since the epoch.'),
      property('format', 'What it looks like.'),
    ]
    expect(withoutUnit(names)).toEqual(['waitSeconds', 'endsAt'])
  })

  it('finds what nothing is said of, also in a union, but for what tells its members apart', () => {
    const [silent] = [property('silent', '')]
    const declaration = { id: 2, name: '__type', children: [silent[1], property('type', '')[1]] }
    const union = {
      id: 3,
      name: 'Either',
      type: { type: 'union', types: [{ type: 'reflection', declaration }] },
    }
    const names = everyName({ id: 4, name: 'all', children: [union, property('told', 'What it is.')[1]] })
    expect(undescribed(names)).toEqual(['Either.__type.silent'])
  })

  it('finds options that are written out where a function takes them', () => {
    const written = {
      type: 'reflection',
      declaration: { id: 1, name: '__type', children: [{ id: 2, name: 'storage' }] },
    }
    const made = (name: string, type: Reflection['type']): [string, Reflection] => [
      name,
      {
        id: 3,
        name,
        kind: 64,
        signatures: [{ id: 4, name, parameters: [{ id: 5, name: 'options', ...(type && { type }) }] }],
      },
    ]
    const all = [made('nameless', written), made('named', { type: 'reference' }), made('none', undefined)]
    const partly = made('partly', { type: 'intersection', types: [{ type: 'reference' }, written] })
    expect(withNamelessOptions([...all, partly])).toEqual(['nameless', 'partly'])
  })
})
