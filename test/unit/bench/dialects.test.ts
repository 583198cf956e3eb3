// @vitest-environment node
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { decodeJwt } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { dialects } from '../../bench/dialects.js'
import { createControl } from '../../servers/oidc/control.js'
import { createRecords } from '../../servers/oidc/records.js'
import type { Redeem } from '../../servers/oidc/redeem.js'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** As the provider, which takes each refresh token once: `r1` is followed by `r2`. */
function rotating(): Redeem {
  let next = 1
  return async (form) => {
    const isGood = form.get('refresh_token') === `r${next}`
    if (!isGood) return { status: 400, body: { error: 'invalid_grant' }, nonce: undefined }
    next++
    const body = { access_token: `a${next}`, refresh_token: `r${next}`, expires_in: 6, token_type: 'Bearer' }
    return { status: 200, body, nonce: undefined }
  }
}

async function open() {
  const records = createRecords()
  const app = express().use(dialects({ control: createControl(), records, redeem: rotating() }))
  const server = createServer(app).listen(0, '127.0.0.1')
  closing.push(() => server.close())
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = (path: string, init: RequestInit) => fetch(origin + path, { method: 'POST', ...init })
  const form = (refresh_token: string) => ({ body: new URLSearchParams({ refresh_token }) })
  return { origin, post, form, records }
}

describe('a peer that renews at an endpoint of its own', () => {
  it('is told of a longer life by as much as it comes early, so that it finds expired what has expired', async () => {
    const { post, form } = await open()
    expect(await (await post('/oauth/token', form('r1'))).json()).toMatchObject({ expires_in: 66 })
    expect(await (await post('/okta/token', form('r2'))).json()).toMatchObject({ expires_in: 36 })
  })

  it('is given an ID token where it demands one', async () => {
    const { origin, post, form } = await open()
    const { id_token } = await (await post('/oauth/token', form('r1'))).json()
    expect(decodeJwt(id_token)).toMatchObject({ iss: `${origin}/`, aud: 'web' })
  })

  it('is given a refresh token that it can read, and that is taken back', async () => {
    const { post, form } = await open()
    const path = '/realms/web/protocol/openid-connect/token'
    const { refresh_token } = await (await post(path, form('r1'))).json()
    expect(decodeJwt(refresh_token)).toEqual({})
    expect((await post(path, form(refresh_token))).status).toBe(200)
  })

  it('is given the same answer to a spent token if that is how its own server is', async () => {
    const { post } = await open()
    const headers = { 'Content-Type': 'application/json' }
    const asked = { headers, body: JSON.stringify({ refresh_token: 'r1' }) }
    const both = await Promise.all([post('/supabase/token', asked), post('/supabase/token', asked)])
    const [one, other] = await Promise.all(both.map((answer) => answer.json()))
    expect(one).toMatchObject({ access_token: 'a2', refresh_token: 'r2', expires_in: 96 })
    expect(other).toEqual(one)
  })

  it('finds its tokens in headers if that is where it looks, and is told of the end by a 401', async () => {
    const { post } = await open()
    const asked = { headers: { Authorization: 'Bearer r1' } }
    const { headers } = await post('/auth/session/refresh', asked)
    expect([headers.get('st-access-token'), headers.get('st-refresh-token')]).toEqual(['a2', 'r2'])
    expect((await post('/auth/session/refresh', asked)).status).toBe(401)
  })

  it('has its refresh calls counted like all others', async () => {
    const { post, form, records } = await open()
    await post('/oauth/token', form('r1'))
    await post('/oauth/token', form('r1'))
    expect(records.refreshCalls.map(({ status }) => status)).toEqual([200, 400])
  })
})
