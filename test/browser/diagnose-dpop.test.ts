import { expect, test } from 'vitest'
import { newBench } from '../harness/bench.js'
import { diagnosed, told, wrong } from './diagnose-fixtures.js'

const nonceResponseHeader = 'DPoP-Nonce'
const asks = { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', [nonceResponseHeader]: 'n' }

test('a nonce that the page may not see is named', async () => {
  const { api } = newBench()
  const url = wrong(api, asks, 401)
  expect(
    told(await diagnosed(url, { nonceResponseHeader }), 'Access-Control-Expose-Headers: DPoP-Nonce'),
  ).toContain('expose-headers')
  expect(await diagnosed(url, {})).not.toContainEqual(expect.objectContaining({ code: 'expose-headers' }))
})

test('nothing is said of one that is seen, or that nobody asks for', async () => {
  const { api } = newBench()
  const seen = wrong(api, { ...asks, 'Access-Control-Expose-Headers': 'WWW-Authenticate, DPoP-Nonce' }, 401)
  const invalid = wrong(api, { 'WWW-Authenticate': 'DPoP error="invalid_token"' }, 401)
  for (const url of [seen, invalid, api.at('echo')]) {
    const codes = (await diagnosed(url, { nonceResponseHeader })).map(({ code }) => code)
    expect(codes).not.toContain('expose-headers')
  }
})
