import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLatchkey } from '../../../src/index.js'
import { codeOf, listen, settled } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { ownName } from '../fixtures.js'
import { type PlaceName, places, tidyUp } from './places.js'

const TOKEN = jwtOf({ sub: 'ann' })

beforeEach(tidyUp)
afterEach(tidyUp)

const names = Object.keys(places) as PlaceName[]

describe.for(names)('what a newer version has stored in %s', (place) => {
  const { strategy, text, put } = places[place]

  async function newer(version: string) {
    const name = ownName()
    const make = () => createLatchkey({ strategy: strategy(), allowedOrigins: ['self'], name, fetch })
    await make().set({ access_token: TOKEN, refresh_token: 'rt', expires_in: 60 })
    const stored = String(await text(name)).replace('"v":1', `"v":${version},"new":{"field":[1]}`)
    await put(name, stored)
    return { name, stored, latchkey: make() }
  }
  const fetch = async () => new Response()

  test.for(['2', '3', '"1"', '1.5', 'null'])(
    'with v %s is a signed-out start that changes no byte',
    async (version) => {
      const { name, stored, latchkey } = await newer(version)
      const { events } = listen(latchkey)
      expect((await latchkey.ready()).status).toBe('signed-out')
      await latchkey.fetch('/')
      expect(await codeOf(latchkey.refresh())).toBe('ERR_SIGNED_OUT')
      await settled()
      expect(events.filter(({ type }) => type === 'signed-out')).toMatchObject([
        { error: { code: 'ERR_STORED_MALFORMED' } },
      ])
      latchkey.dispose()
      expect(await text(name)).toBe(stored)
    },
  )

  test('is replaced by the next sign-in, and gone after a sign-out', async () => {
    const { name, latchkey } = await newer('2')
    await latchkey.set({ access_token: TOKEN })
    expect(JSON.parse(String(await text(name)))).toMatchObject({ v: 1 })
    await latchkey.clear()
    expect(await text(name)).toBe(undefined)
  })
})
