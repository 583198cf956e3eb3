import { describe, expect, it } from 'vitest'
import { wrongArrows } from './arrows.js'
import { readSources } from './source.js'

/** The least that has nothing wrong: each package has its one file. */
const sound = {
  'request/event-stream.ts': "import { createParser } from 'eventsource-parser'",
  'stores/cookie.ts': "import Cookies from 'js-cookie'",
  'stores/indexed-db.ts': "import { get } from 'idb-keyval'",
  'strategies/jwt.ts': "import { jwtDecode } from 'jwt-decode'",
  'clients/ky.ts': "import ky, { type Options } from 'ky'",
  'config/schema.ts': "import { string } from 'valibot'",
  'clients/react.ts': "import { createContext } from 'react'",
  'clients/vue.ts': "import { inject } from 'vue'",
}

const wrong = (path: string, text: string) => wrongArrows({ ...sound, [path]: text })

describe('the imports of src/', () => {
  it('are the arrows of the architecture and no others', () => {
    expect(wrongArrows(readSources())).toEqual([])
  })

  it('were all found', () => {
    expect(Object.keys(readSources()).length).toBeGreaterThan(20)
  })
})

describe('the check of imports', () => {
  it('finds nothing wrong with sound sources', () => {
    expect(wrongArrows(sound)).toEqual([])
  })

  it.each([
    ['options.ts', "import { a } from './errors.js'", 'options must not import errors'],
    ['errors.ts', "import type { A } from './session/session.js'", 'errors must not import session'],
    ['stores/a.ts', "import { b } from './memory.js'", 'stores must not import stores'],
    ['stores/a.ts', "import { a } from '../placements/a.js'", 'stores must not import placements'],
    ['placements/a.ts', "import { a } from '../stores/a.js'", 'placements must not import stores'],
    ['strategies/a.ts', "import { a } from '../session/a.js'", 'strategies must not import session'],
    ['session/a.ts', "import type { A } from '../strategies/a.js'", 'session must not import strategies'],
    ['session/a.ts', "import { a } from '../request/a.js'", 'session must not import request'],
    ['request/a.ts', "import { a } from '../session/a.js'", 'request must not import session'],
    ['request/a.ts', "import {\n  a,\n  b\n} from '../stores/a.js'", 'request must not import stores'],
    ['latchkey.ts', "import { a } from './strategies/a.js'", 'latchkey must not import strategies'],
    ['clients/a.ts', "import { a } from '../request/a.js'", 'clients must not import request'],
    ['config/a.ts', "import { a } from '../session/a.js'", 'config must not import session'],
    ['config/a.ts', "import { a } from '../stores/a.js'", 'config must not import stores'],
    ['latchkey.ts', "import { a } from './config/a.js'", 'latchkey must not import config'],
    ['index.ts', "export * from './browser.js'", 'index must not import browser'],
    ['index.ts', "export * from './testing/index.js'", 'index must not import testing'],
    ['browser.ts', "import { a } from './latchkey.js'", 'browser must not import latchkey'],
    ['session/a.ts', "const a = await import('../stores/a.js')", 'session must not import stores'],
    ['session/a.ts', "import '../stores/a.js'", 'session must not import stores'],
    ['session/a.ts', "type A = import('../stores/a.js').A", 'session must not import stores'],
    ['helm/a.ts', '', 'no room'],
  ])('finds in %s what is wrong with: %s', (path, text, expected) => {
    expect(wrong(path, text).join()).toContain(expected)
  })

  it('lets a client import types of latchkey.ts, and nothing else of it', () => {
    expect(wrong('clients/a.ts', "import type { A } from '../latchkey.js'")).toEqual([])
    expect(wrong('clients/a.ts', "import { type A } from '../latchkey.js'")).toEqual([])
    expect(wrong('clients/a.ts', "import { type A, b } from '../latchkey.js'").join()).toContain('only types')
  })

  it('finds a package that is imported twice, by nobody, in the wrong room or without being one of ours', () => {
    expect(wrong('stores/b.ts', "import c from 'js-cookie'").join()).toContain('js-cookie is imported by 2')
    expect(wrong('clients/ky.ts', '').join()).toContain('ky is imported by 0')
    expect(wrong('request/a.ts', "import ky from 'ky'").join()).toContain('ky belongs to clients')
    expect(wrong('stores/a.ts', "import a from 'axios'").join()).toContain('axios is no dependency')
    expect(wrong('stores/a.ts', "import a from 'node:fs'").join()).toContain('node:fs is no dependency')
  })

  it('takes no comment and no text for an import', () => {
    const text = "// import { a } from '../session/a.js'\n/* import '../session/b.js' */\nconst a = 'x'"
    expect(wrong('stores/a.ts', text)).toEqual([])
    expect(wrong('stores/a.ts', "/** it's */ import { a } from '../session/a.js'")).toHaveLength(1)
  })
})
