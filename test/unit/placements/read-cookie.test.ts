import { afterEach, describe, expect, test, vi } from 'vitest'
import { decoded } from '../../../src/placements/decoded.js'
import { readCookie } from '../../../src/placements/read-cookie.js'

/** What the browser shows script, as it is. */
function showing(cookies: string): void {
  vi.spyOn(document, 'cookie', 'get').mockReturnValue(cookies)
}

/** The value found, and whether there was more than one. */
function found(name: string): [value: string | undefined, isDuplicate: boolean] {
  const onDuplicate = vi.fn()
  const value = readCookie(name, onDuplicate)
  return [value, onDuplicate.mock.calls.length > 0]
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a cookie is found by its exact name', () => {
  test('wherever it stands', () => {
    showing('a=1; XSRF-TOKEN=2; b=3')
    expect(['a', 'XSRF-TOKEN', 'b'].map(found)).toEqual([
      ['1', false],
      ['2', false],
      ['3', false],
    ])
  })

  test.for([
    'XSRF-TOKEN2=x',
    'X-XSRF-TOKEN=x',
    'xsrf-token=x',
    'a=XSRF-TOKEN=x',
    'XSRF-TOKEN',
    '%58SRF-TOKEN=x',
  ])('and %s is not taken for XSRF-TOKEN', (other) => {
    showing(`${other}; b=1`)
    expect(found('XSRF-TOKEN')).toEqual([undefined, false])
  })

  test.for(['a.b', 'a*', '^a', 'a$', 'a|b', 'a+', '$&', "!#$%&'*+.^_`|~-"])(
    'in which characters of regular expressions mean nothing: %s',
    (name) => {
      showing(`axb=wrong; b=wrong; a=wrong; ${name}=right`)
      expect(found(name)).toEqual(['right', false])
    },
  )

  test.for(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'and %s is one like any other, there or not',
    (name) => {
      showing('a=1')
      expect(found(name)).toEqual([undefined, false])
      showing(`a=1; ${name}=2`)
      expect(found(name)).toEqual(['2', false])
    },
  )
})

test.for(['', '"', '"a', '"a, b=c"', 'a=b=c', '%zz', '%', 'a%20b', '%E0%A4%A', '%ff', '0000', ' a'])(
  'the value is what the browser holds, neither decoded nor unquoted: [%s]',
  (value) => {
    showing(`a=1; token=${value}; b=%zz`)
    expect(found('token')).toEqual([value, false])
  },
)

describe('of several cookies of one name', () => {
  test('the first is taken, as the server does, and the caller is told', () => {
    showing('token=deep; token=flat')
    expect(found('token')).toEqual(['deep', true])
  })

  test('the caller is told once, also where their values are the same', () => {
    showing('token=a; token=a; token=a')
    const onDuplicate = vi.fn()
    readCookie('token', onDuplicate)
    expect(onDuplicate).toHaveBeenCalledTimes(1)
  })

  test('nobody has to want to know', () => {
    showing('token=deep; token=flat')
    expect(readCookie('token')).toBe('deep')
  })
})

describe('__Host- and the name', () => {
  test('is preferred, since no sub-domain can set it', () => {
    showing('token=planted; __Host-token=own')
    expect(found('token')).toEqual(['own', true])
  })

  test('is one of two, as is said: it may be another app’s, since cookies are those of all ports', () => {
    showing('token=own; __Host-token=others')
    expect(found('token')).toEqual(['others', true])
  })

  test('may itself be there twice, partitioned and not', () => {
    showing('__Host-token=one; __Host-token=two')
    expect(found('token')).toEqual(['one', true])
  })

  test('is found by its full name, too', () => {
    showing('__Host-token=own')
    expect(found('__Host-token')).toEqual(['own', false])
  })
})

describe('where there are no cookies', () => {
  test('none is found in an empty jar', () => {
    showing('')
    expect(found('token')).toEqual([undefined, false])
  })

  test('none is found in a sandboxed frame, which may not look', () => {
    vi.spyOn(document, 'cookie', 'get').mockImplementation(() => {
      throw new DOMException('The document is sandboxed', 'SecurityError')
    })
    expect(found('token')).toEqual([undefined, false])
  })

  test('none is found in a worker, which has no document', () => {
    vi.stubGlobal('document', undefined)
    expect(found('token')).toEqual([undefined, false])
  })
})

describe('decoded', () => {
  test.for([
    ['eyJpdiI6Ik%3D%3D', 'eyJpdiI6Ik=='],
    ['a%20b', 'a b'],
    ['plain', 'plain'],
    ['a+b', 'a+b'],
    ['', ''],
  ] as const)('takes the percent-encoding from %s', ([value, text]) => {
    expect(decoded(value)).toBe(text)
  })

  test.for(['%zz', '100%', '%', '%E0%A4%A', '%ff', 'a%0D%0Ab', '%C3%A9', 'a%00'])(
    'leaves %s as it is: that is malformed, or would be no header value',
    (value) => {
      expect(decoded(value)).toBe(value)
    },
  )
})
