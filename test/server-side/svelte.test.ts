import { render } from 'svelte/server'
import { expect, test } from 'vitest'
import SignedIn from '../shared/fixtures/signed-in.svelte'
import { unknownHtml } from '../shared/fixtures/signed-in-html.js'
import { each, users } from './users.js'

test('Svelte, rendering for 100 users at once, shows an unknown state and leaves no listener', async () => {
  const pages = await each(async (latchkey) => render(SignedIn, { props: { latchkey } }).body)
  expect(pages).toEqual(users.map(() => unknownHtml))
})
