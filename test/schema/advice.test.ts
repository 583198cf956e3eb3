import { describe, expect, it } from 'vitest'
import { type Advice, advise } from '../../demo/page/choose/advice.js'
import { type Answers, asked, type Question, questions } from '../../demo/page/choose/answers.js'
import { hostIn, originsIn, type Places, sharedDomain } from '../../demo/page/choose/places.js'
import { written } from '../../demo/page/choose/written.js'
import { configure } from '../../src/index.js'
import { everyAnswer as all, questionNames as names } from './every-answer.js'
import { flaggedByEditor, flaggedByLibrary } from './flagged.js'

const places: Places = {
  development: { host: 'localhost:5173', apis: ['http://localhost:3000'] },
  staging: { host: 'staging.example.com', apis: ['https://api.staging.example.com'] },
  production: { host: 'app.example.com', apis: ['https://api.example.com/v1', 'https://pay.example.com'] },
}

const first: Answers = {
  server: 'session',
  api: 'own',
  life: 'kept',
  form: 'jwt',
  refresh: 'yes',
  dpop: 'no',
  csrf: 'django',
}
const advised = (answers: Partial<Answers> = {}) => advise({ ...first, ...answers }, places)
const strategy = (answers: Partial<Answers>) => advised(answers).configuration.strategy

/** Each configuration once, of all answers. */
const outcomes = new Map(
  all.map((answers) => advise(answers, places)).map((one) => [JSON.stringify(one.configuration), one]),
)

/** What is wrong with it on a page of each environment. */
function faultsIn({ configuration }: Advice): string[] {
  const used = Object.keys(places).flatMap((environment) => {
    try {
      configure(configuration, { environment }).dispose()
      return []
    } catch (error) {
      return [String(error)]
    }
  })
  return [...used, ...flaggedByLibrary(configuration), ...flaggedByEditor(configuration)]
}

describe('the configuration that the Lab advises', () => {
  it('is one that configure() and the schema take, whatever is answered', () => {
    expect(all).toHaveLength(3 * 3 * 3 * 2 * 2 * 2 * 9)
    expect(outcomes.size).toBeGreaterThan(80)
    expect([...outcomes.values()].flatMap(faultsIn)).toEqual([])
  })

  it('is the session, wherever the server can set the cookie and the API is of the same site', () => {
    const able = all.filter(({ server, api }) => server === 'session' && api !== 'other')
    expect(new Set(able.map((answers) => advise(answers, places).kind))).toEqual(new Set(['session']))
    expect(strategy({})).toEqual({
      type: 'session',
      csrf: { type: 'django', url: '/csrf-token' },
      probe: '/me',
    })
  })

  it('has no cookie for an API of another site, and says why', () => {
    const elsewhere = all.filter(({ api }) => api === 'other').map((answers) => advise(answers, places))
    expect(elsewhere.filter(({ kind }) => kind === 'session' || kind === 'cookie')).toEqual([])
    expect(advised({ api: 'other' }).reasons).toContain('thirdParty')
    expect(advised({ api: 'other', server: 'cookie' }).reasons).toContain('cookieElsewhere')
  })

  it.each([
    [{}, { type: 'jwt', storage: 'local' }],
    [{ life: 'tab' }, { type: 'jwt', storage: 'session' }],
    [{ form: 'opaque' }, { type: 'token' }],
    [
      { form: 'opaque', life: 'tab' },
      { type: 'token', storage: 'session' },
    ],
    [{ life: 'page' }, { type: 'memory' }],
    [{ dpop: 'yes' }, { type: 'jwt', storage: 'local', placement: { type: 'dpop' } }],
  ] as const)('of a token that is %j is %j', (answers, expected) => {
    expect(strategy({ server: 'token', ...answers })).toEqual(expected)
  })

  it('says once what is the same everywhere, and in each environment what is not', () => {
    const { $schema, environments, ...same } = advised({ api: 'site' }).configuration
    expect(same).toEqual({})
    expect(environments?.production).toEqual({
      hosts: ['app.example.com'],
      strategy: {
        type: 'session',
        csrf: { type: 'django', url: 'https://api.example.com/v1/csrf-token' },
        probe: 'https://api.example.com/v1/me',
      },
      allowedOrigins: ['https://api.example.com/v1', 'https://pay.example.com'],
    })
    expect(advised().configuration.environments?.production).toEqual({ hosts: ['app.example.com'] })
  })

  it('gives a cookie the domain that the page shares with its API, and none where the host is the same', () => {
    const { environments } = advised({ server: 'cookie', api: 'site' }).configuration
    expect(environments?.staging?.strategy).toMatchObject({ domain: 'staging.example.com' })
    expect(environments?.production?.strategy).toMatchObject({ domain: 'example.com' })
    expect(environments?.development?.strategy).not.toHaveProperty('domain')
    expect(sharedDomain({ host: 'app.example.com', apis: ['https://api.example.net'] })).toBe(undefined)
    expect(sharedDomain({ host: 'app.localhost', apis: ['http://api.localhost'] })).toBe(undefined)
    expect(sharedDomain({ host: '10.0.0.1', apis: ['https://10.1.0.1'] })).toBe(undefined)
  })

  it('is written as JSON that reads well, in few lines', () => {
    const { configuration } = advised()
    expect(JSON.parse(written(configuration))).toEqual(configuration)
    expect(written(configuration)).toContain('"production": { "hosts": ["app.example.com"] }\n')
    expect(
      [...outcomes].filter(([json, one]) => JSON.stringify(JSON.parse(written(one.configuration))) !== json),
    ).toEqual([])
  })

  it('renews at a token endpoint of the API, or of the page’s own origin', () => {
    const endpoint = (api: Answers['api'], name: string) =>
      advised({ server: 'token', api }).configuration.environments?.[name]?.refresh?.tokenEndpoint
    expect(endpoint('own', 'development')).toBe('http://localhost:5173/token')
    expect(endpoint('own', 'production')).toBe('https://app.example.com/token')
    expect(endpoint('other', 'production')).toBe('https://api.example.com/v1/token')
  })
})

describe('the questions', () => {
  const outcome = (answers: Answers) => JSON.stringify(advise(answers, places))
  const others = (answers: Answers, name: Question) =>
    questions[name].map((answer) => outcome({ ...answers, [name]: answer }))

  it('that are left out decide nothing', () => {
    const deciding = all.flatMap((answers) => {
      const unasked = names.filter((name) => !asked(answers).includes(name))
      return unasked.filter((name) => new Set(others(answers, name)).size > 1)
    })
    expect(deciding).toEqual([])
  })

  it('that are asked decide something', () => {
    const idle = all.flatMap((answers) =>
      asked(answers).filter((name) => new Set(others(answers, name)).size === 1),
    )
    expect(idle).toEqual([])
  })
})

describe('an address that is typed', () => {
  it.each([
    ['app.example.com', 'app.example.com'],
    [' App.Example.com ', 'app.example.com'],
    ['https://app.example.com/path?q', 'app.example.com'],
    ['http://localhost:5173/', 'localhost:5173'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['[::1]:3000', '[::1]:3000'],
  ])('is the host that browsers write: %s', (typed, host) => {
    expect(hostIn(typed)).toBe(host)
    const config = { ...advised().configuration, environments: { one: { hosts: [host] } } }
    expect([flaggedByLibrary(config), flaggedByEditor(config)]).toEqual([[], []])
  })

  it.each([
    '',
    ' ',
    '*.example.com',
    'a b',
    'a.example:99999',
    "a'b",
    '-a.example',
    'http://a.example:443',
    '//',
  ])('is no host: %j', (typed) => expect(hostIn(typed)).toBe(undefined))

  it.each([
    ['https://api.example.com', ['https://api.example.com']],
    [
      'https://API.example.com/v1, http://localhost:3000/',
      ['https://api.example.com/v1', 'http://localhost:3000'],
    ],
    ['https://api.example.com:443/', ['https://api.example.com']],
  ])('is the origins in it: %s', (typed, origins) => {
    expect(originsIn(typed)).toEqual(origins)
    const config = { strategy: { type: 'memory' }, allowedOrigins: origins }
    expect([flaggedByLibrary(config), flaggedByEditor(config)]).toEqual([[], []])
  })

  it.each([
    '',
    'api.example.com',
    'http://api.example.com',
    'https://*.example.com',
    'https://user@example.com',
    'https://a.example/?q',
    'https://a.example/#f',
    'https://a.example/*',
    'ftp://a.example',
    'https://a.example nonsense',
  ])('is no origin: %j', (typed) => expect(originsIn(typed)).toBe(undefined))
})
