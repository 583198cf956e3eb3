import { expect, test } from 'vitest'
import { bearer, type CredentialRecord } from '../../../src/index.js'

const placement = bearer()

const credentialOf = (access_token: string) => ({ access_token, receivedAt: 0 })

async function sentWith(credential: CredentialRecord) {
  const request = await placement.attach(new Request('https://api.example.com/me'), credential)
  return request?.headers.get('authorization')
}

test('each credential is sent as its own, again and again', async () => {
  const [first, second] = [credentialOf('a'), credentialOf('b')]
  for (const _ of ['first', 'second time']) {
    expect(await sentWith(first)).toBe('Bearer a')
    expect(await sentWith(second)).toBe('Bearer b')
  }
})

test('of a credential that its owner writes over, the token of now is sent', async () => {
  const credential = credentialOf('a')
  expect(await sentWith(credential)).toBe('Bearer a')
  credential.access_token = 'b'
  expect(await sentWith(credential)).toBe('Bearer b')
})
