import { afterEach, expect, test } from 'vitest'
import { currentTag, instanceOf } from '../../../src/config/script-tag.js'

afterEach(() => document.body.replaceChildren())

function tagWith(attributes: Record<string, string>): HTMLScriptElement {
  const tag = document.createElement('script')
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value)
  return tag
}

function blockWith(text: string, id = 'config', name = 'script'): void {
  const block = document.createElement(name)
  block.setAttribute('type', 'application/json')
  block.id = id
  block.textContent = text
  document.body.append(block)
}

/** Of other scripts, and only like the library's own. */
const ALIKE = { 'data-age': '1', 'data-all': '', 'data-stage': 'b', 'data-store': 'c', 'data-confirm': 'd' }
const ORIGINS = { 'data-allowed-origins': 'https://api.example' }

/** What is wrong with a tag, by attribute. */
function faultsOf(attributes: Record<string, string>): string[] {
  try {
    instanceOf(tagWith(attributes))?.dispose()
    return []
  } catch (error) {
    const { cause, message } = Object(error)
    return cause ? cause.map(({ path, must }: Record<string, string>) => `${path} must ${must}`) : [message]
  }
}

test('a tag without attributes of the library makes nothing', () => {
  expect(
    instanceOf(tagWith({ src: 'a.js', 'data-cfasync': 'false', 'data-of-another': 'a', ...ALIKE })),
  ).toBe(undefined)
})

test.each([
  [{ 'data-strategy': 'jwt', 'data-storage': 'local' }, 'jwt', 'localStorage'],
  [{ 'data-strategy': 'token', 'data-storage': 'session' }, 'token', 'sessionStorage'],
  [{ 'data-strategy': 'memory' }, 'memory', 'memory'],
  [{ 'data-strategy': 'session', 'data-csrf': 'rails' }, 'session', 'localStorage'],
])('attributes make an instance: %j', async (attributes, strategy, storage) => {
  const instance = instanceOf(tagWith({ ...ORIGINS, ...attributes }))
  const state = await instance?.ready()
  expect([state?.strategy, state?.storage.name]).toEqual([strategy, storage])
  instance?.dispose()
})

test('allowed origins stand apart by any space', () => {
  const origins = ' https://a.example\n\thttps://b.example/v1 '
  const instance = instanceOf(tagWith({ 'data-strategy': 'memory', 'data-allowed-origins': origins }))
  const allows = ['https://a.example/', 'https://b.example/v1/a', 'https://b.example/v2'].map((url) =>
    instance?.allows(url),
  )
  expect(allows).toEqual([true, true, false])
  instance?.dispose()
})

test('a JSON block is the configuration, and the environment may be named beside it', () => {
  const environments = { a: { strategy: { type: 'memory' } }, b: { strategy: { type: 'session' } } }
  blockWith(JSON.stringify({ allowedOrigins: ['https://api.example'], environments }))
  const instance = instanceOf(
    tagWith({ 'data-config': '#config', 'data-environment': 'b', 'data-install': '' }),
  )
  expect(instance?.state.strategy).toBe('session')
  instance?.dispose()
})

test.each<[Record<string, string>, string[]]>([
  [{ 'data-strategy': 'memory' }, ['data-allowed-origins']],
  [{ ...ORIGINS }, ['data-strategy']],
  [{ 'data-install': '' }, ['data-strategy', 'data-allowed-origins']],
  [{ ...ORIGINS, 'data-strategy': 'memory', 'data-install': 'false' }, ['data-install']],
  [{ ...ORIGINS, 'data-strategy': 'memory', 'data-storage': 'local' }, ['data-storage']],
  [{ ...ORIGINS, 'data-strategy': 'jwt', 'data-storage': 'locl' }, ['data-storage']],
  [{ ...ORIGINS, 'data-strategy': 'session', 'data-csrf': 'djang' }, ['data-csrf']],
  [{ ...ORIGINS, 'data-strategy': 'memory', 'data-stratgy': 'jwt' }, ['data-stratgy']],
  [
    { 'data-strategy': 'memory', 'data-allowed-origin': 'self' },
    ['data-allowed-origin', 'data-allowed-origins'],
  ],
  [{ ...ORIGINS, 'data-strategy': 'memory', 'data-env': 'a' }, ['data-env']],
  [{ 'data-config': '#missing' }, ['data-config']],
  [{ 'data-config': 'config' }, ['data-config']],
  [{ 'data-config': '#config', ...ORIGINS }, ['data-allowed-origins']],
  [{ 'data-config': '#config', 'data-strategy': 'jwt', 'data-csrf': 'a' }, ['data-strategy', 'data-csrf']],
])('what is wrong is said of each attribute: %j', (attributes, expected) => {
  blockWith('{"strategy":{"type":"memory"},"allowedOrigins":["https://api.example"]}')
  expect(faultsOf(attributes).map((fault) => fault.split(' must ')[0])).toEqual(expected)
})

test('the nearest attribute is named', () => {
  const given = { ...ORIGINS, 'data-strategy': 'memory', 'data-storrage': 'local' }
  expect(faultsOf(given)).toEqual(['data-storrage must be written "data-storage"'])
})

test.each([
  ['text that is no JSON', 'secret', 'script'],
  ['JSON that is no object', '"secret"', 'script'],
  ['JSON that is a list', '["secret"]', 'script'],
  ['an element that is no script', '{"strategy":{"type":"memory"},"allowedOrigins":["self"]}', 'div'],
])('a block is refused, and not quoted: %s', (_, text, name) => {
  blockWith(text, 'config', name)
  const [fault = ''] = faultsOf({ 'data-config': '#config' })
  expect(fault).toMatch(/^data-config must be "#" and the id/)
  expect(fault).not.toContain('secret')
})

test('what is wrong in a block is said with the paths within it', () => {
  blockWith('{"strategy":{"type":"jwt","storage":"locl"},"allowedOrigins":["https://api.example"]}')
  expect(faultsOf({ 'data-config': '#config' }).map((one) => one.split(' must ')[0])).toEqual([
    'strategy.storage',
  ])
  const both = faultsOf({ 'data-config': '#config', 'data-csrf': 'a' }).map((one) => one.split(' must ')[0])
  expect(both).toEqual(['data-csrf', 'strategy.storage'])
})

test('of a name with dots or quotes in a block it is said as configure says it', () => {
  const environments = { 'a.b': {}, 'c"\\d': { strategy: {} }, '': [] }
  blockWith(JSON.stringify({ allowedOrigins: ['self'], environments }))
  const said = faultsOf({ 'data-config': '#config' }).map((one) => one.split(' must ')[0])
  expect(said.sort()).toEqual([
    'environments.""',
    'environments."a.b".strategy',
    String.raw`environments."c\"\\d".strategy.type`,
  ])
})

test('an environment that there is not is said of its attribute, with what else is wrong', () => {
  const given = { ...ORIGINS, 'data-strategy': 'memory', 'data-environment': 'a', 'data-install': 'no' }
  expect(faultsOf(given)).toEqual([
    'data-install must be without a value',
    'data-environment must not be given where "config" has none',
  ])
  blockWith('{"strategy":{"type":"memory"},"allowedOrigins":["https://a.example"],"environments":{"b":{}}}')
  expect(faultsOf({ 'data-config': '#config' })).toEqual([
    'data-environment must be given, since no environment has this page’s host: "b"',
  ])
})

test.each([
  [{ 'data-strategy': 'cookie' }, 'data-strategy must be in a JSON block, see data-config'],
  [{ 'data-strategy': 'session', 'data-csrf': 'meta' }, 'data-csrf must be in a JSON block, see data-config'],
  [{ 'data-strategy': 'session', 'data-csrf': '' }, 'data-csrf must be "django", "laravel"'],
  [
    { 'data-strategy': 'memory', 'data-storage': 'local' },
    'data-storage must not be there beside this data-strategy',
  ],
  [{ 'data-strategy': 'jwt' }, 'data-storage must be given'],
])('what is said can be done on a tag: %j', (attributes, said) => {
  const [fault = '', ...others] = faultsOf({ ...ORIGINS, ...attributes })
  expect([fault.startsWith(said), others]).toEqual([true, []])
})

test('what was written on Object.prototype is no attribute', () => {
  const polluted = { config: '#config', environment: 'a', strategy: 'memory', cause: [] }
  Object.assign(Object.prototype, polluted)
  try {
    expect(instanceOf(tagWith({ src: 'a.js' }))).toBe(undefined)
    expect(() =>
      instanceOf(tagWith({ ...ORIGINS, 'data-strategy': 'memory', 'data-environment': 'a' })),
    ).toThrow(/data-environment must/)
  } finally {
    for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name)
  }
})

test('there is no tag where no script runs', () => {
  expect(currentTag()).toBe(undefined)
})
