import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { losingKeys, refreshErrors, refusals, stealing, uploading, withDpop } from './dpop-fixtures.js'
import { afterEndMs } from './refreshing.js'
import { type SceneOptions, scenesIn } from './scene.js'

const hourMs = 3_600_000

describe.each(usableEngines())('DPoP against a real provider, in %s,', (engine) => {
  const scenes = scenesIn(engine)
  const scene = (options?: SceneOptions) => scenes(withDpop(options))

  test('a code is redeemed, and the API takes the token with a proof alone, also after a reload', async () => {
    const at = await scene()
    const tab = await at.signedIn('ada')
    expect(await tab.ask()).toMatchObject({ outcome: '200', sub: 'ada' })
    await tab.reload()
    expect(await tab.ask()).toMatchObject({ outcome: '200', sub: 'ada' })
    expect(refusals(at.oidc)).toEqual(['taken', 'taken'])
  })

  test('a nonce is learned from the refusal, and held to until the server wants another', async () => {
    const at = await scene()
    const tab = await at.signedIn()
    for (const apiNonce of ['one', 'two']) {
      at.oidc.set({ apiNonce })
      for (const path of ['/api/1', '/api/2']) expect((await tab.ask(path)).outcome).toBe('200')
    }
    const inTurn = ['use_dpop_nonce', 'taken', 'taken']
    expect(refusals(at.oidc)).toEqual([...inTurn, ...inTurn])
    expect([at.oidc.refreshCalls.length, (await tab.state()).status]).toEqual([0, 'signed-in'])
  })

  test('two tabs have one key, and a refresh in the second is told its nonce, and spends one token', async () => {
    const at = await scene()
    const [first, second] = [await at.signedIn(), await at.open()]
    const print = 'proof.thumbprint()'
    expect(await first.evaluate(print)).toBe(await second.evaluate(print))
    for (const tab of [first, second]) await tab.jump(afterEndMs)
    expect((await second.ask()).outcome).toBe('200')
    expect((await first.ask()).outcome).toBe('200')
    expect(refreshErrors(at.oidc)).toEqual(['use_dpop_nonce', 'granted'])
    expect((await second.events()).map(({ type }) => type).slice(-1)).toEqual(['refreshed'])
  })

  test.each(['nonce', 'clock'] as const)(
    'a clock a day ahead or behind is put right at a provider that goes by the %s',
    async (dpop) => {
      for (const hours of [-24, 24]) {
        const at = await scene({ dpop, clock: hours * hourMs, accessTokenSeconds: 3600 })
        const tab = await at.signedIn()
        expect((await tab.ask()).outcome).toBe('200')
        expect((await tab.ask()).outcome).toBe('200')
        expect(refusals(at.oidc)).toEqual(['invalid_dpop_proof', 'taken', 'taken'])
        const other = await at.open()
        await other.evaluate('latchkey.refresh()')
        expect((await other.ask()).outcome).toBe('200')
        const refused = dpop === 'nonce' ? 'use_dpop_nonce' : 'invalid_dpop_proof'
        expect(refreshErrors(at.oidc)).toEqual([refused, 'granted'])
      }
    },
  )

  test('where no Date is shown, the token says what time it is at the server', async () => {
    const at = await scene({ clock: 24 * hourMs })
    at.oidc.set({ apiHidesDate: true })
    const tab = await at.signedIn()
    for (const path of ['/api/1', '/api/2']) expect((await tab.ask(path)).outcome).toBe('200')
    expect(refusals(at.oidc)).toEqual(['invalid_dpop_proof', 'taken', 'taken'])
  })

  test('what a thief has is of no use: token, proof, or both for another request', async () => {
    const tab = await (await scene()).signedIn()
    const wrongProof = '401 DPoP error="invalid_dpop_proof"'
    expect(await tab.evaluate(stealing('replay'))).toEqual(['200', wrongProof])
    expect(await tab.evaluate(stealing('other path'))).toEqual([wrongProof])
    expect(await tab.evaluate(stealing('other method'))).toEqual([wrongProof])
    expect(await tab.evaluate(stealing('bearer'))).toEqual(['401 Bearer error="invalid_token"'])
    expect(await tab.evaluate(stealing('other key'))).toEqual(['401 DPoP error="invalid_token"'])
  })

  test('a key that is lost is the end of the session, by the server’s word', async () => {
    const at = await scene()
    const tab = await at.signedIn()
    expect(await tab.evaluate(losingKeys)).toBe('lost')
    await tab.reload()
    expect((await tab.ask()).outcome).toBe('401')
    expect(refreshErrors(at.oidc).at(-1)).toBe('invalid_grant')
    expect(await tab.state()).toMatchObject({ status: 'signed-out', reason: 'refresh-rejected' })
  })

  test('an upload of 2 MB arrives, though the server asks for a nonce first', async () => {
    const at = await scene()
    const tab = await at.signedIn()
    at.oidc.set({ apiNonce: 'one' })
    expect(await tab.evaluate(uploading(2048))).toBe(200)
    const [refused, taken] = at.oidc.apiCalls
    expect(refusals(at.oidc)).toEqual(['use_dpop_nonce', 'taken'])
    expect(taken?.bodySha256).toBe(refused?.bodySha256)
  })

  test('whoever signed in with a bearer token before stays signed in, and is bound by the first refresh', async () => {
    const at = await scene({ dpopOptions: undefined })
    await at.signedIn('ada')
    const tab = await at.open({ dpopOptions: {} })
    expect(await tab.ask()).toMatchObject({ outcome: '200', sub: 'ada' })
    expect(refusals(at.oidc)).toEqual(['invalid_token', 'taken'])
    expect((await tab.events()).map(({ status }) => status)).not.toContain('signed-out')
    expect(await tab.evaluate(stealing('bearer'))).toEqual(['401 Bearer error="invalid_token"'])
  })

  test('a tab without a key is signed out by a sign-in with one, and leaves that alone', async () => {
    const at = await scene({ dpopOptions: undefined })
    const older = await at.signedIn('ada')
    const newer = await at.open({ dpopOptions: {} })
    await newer.evaluate('signIn("ada")')
    await expect.poll(async () => (await older.state()).reason, { timeout: 10_000 }).toBe('other-tab')
    await older.jump(afterEndMs)
    expect((await older.ask()).outcome).toBe('401')
    expect(at.oidc.refreshCalls).toHaveLength(0)
    expect((await newer.ask()).outcome).toBe('200')
    await newer.jump(afterEndMs)
    expect((await newer.ask()).outcome).toBe('200')
    expect(refreshErrors(at.oidc)).not.toContain('invalid_grant')
  })

  test('a key that is lost under two tabs: the one goes by the key that the other has made', async () => {
    const at = await scene()
    const [first, second] = [await at.signedIn('ada'), await at.open()]
    expect((await first.ask()).outcome).toBe('200')
    expect(await first.evaluate(losingKeys)).toBe('lost')
    await second.evaluate('signIn("ada")')
    await first.jump(afterEndMs)
    expect((await first.ask()).outcome).toBe('200')
    expect(refreshErrors(at.oidc)).not.toContain('invalid_grant')
    await second.jump(afterEndMs)
    expect((await second.ask()).outcome).toBe('200')
    for (const tab of [first, second]) expect((await tab.state()).status).toBe('signed-in')
  })

  test('a bearer token is refused at the sign-in, and nobody is signed in', async () => {
    const tab = await (await scene()).open()
    const signIn = "posted('/signin', {}).then(latchkey.set)"
    const outcome = await tab.evaluate(`${signIn}.catch(({ code, message }) => code + ': ' + message)`)
    expect(outcome).toMatch(/^ERR_CREDENTIAL_MALFORMED: .*DPoP/)
    expect((await tab.state()).status).toBe('signed-out')
  })

  test('a bearer token is refused at the refresh, and what is stored stays', async () => {
    const at = await scene({ dpop: undefined, dpopOptions: undefined })
    await at.signedIn()
    const tab = await at.open({ dpopOptions: {} })
    const before = await tab.stored()
    expect((await tab.ask()).outcome).toBe('ERR_REFRESH_FAILED')
    expect([await tab.stored(), (await tab.state()).status]).toEqual([before, 'degraded'])
  })

  test('an opaque token is bound the same, and so is one that is kept nowhere, with a key that is not', async () => {
    const opaque = await (await scene({ strategy: 'token' })).signedIn()
    expect((await opaque.ask()).outcome).toBe('200')
    const at = await scene({ strategy: 'memory', dpopOptions: { storage: 'memory' } })
    const tab = await at.signedIn()
    await tab.jump(afterEndMs)
    expect([(await tab.ask()).outcome, refreshErrors(at.oidc)]).toEqual(['200', ['granted']])
    expect(
      await tab.evaluate('indexedDB.databases().then((all) => all.map(({ name }) => name))'),
    ).not.toContain('latchkey.keys')
  })

  test('a lost answer is asked for once more, with a proof of its own', async () => {
    const at = await scene({ graceSeconds: 30 })
    const tab = await at.signedIn()
    at.oidc.set({ fault: 'drop-after-rotation', times: 1 })
    await tab.jump(afterEndMs)
    expect((await tab.ask()).outcome).toBe('200')
    expect((await tab.events()).map(({ type }) => type)).toEqual(['refreshed'])
    expect(at.oidc.refreshCalls).toHaveLength(2)
  })
})
